export { LogFeed, type LogFeedOptions } from './log-feed.js';
export { skipLog } from './skip-log.js';
