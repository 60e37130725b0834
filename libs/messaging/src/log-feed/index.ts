export { LogFeed, type LogFeedOptions } from './log-feed.js';
