export { Notices, noticesOf, type NoticeListener, type StopListening } from './notices.js';
