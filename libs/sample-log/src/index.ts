export * from './sample-log.js';
export * from './wish.js';
