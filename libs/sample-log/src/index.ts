export * from './append-steps.js';
export * from './sample-log.js';
export * from './wish.js';
