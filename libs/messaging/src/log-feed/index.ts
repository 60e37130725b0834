export { LogFeed, type LogFeedOptions } from './log-feed.js';
export { readTo, skipLog } from './skip-log.js';
