export { pruneInbox } from './inbox.js';
