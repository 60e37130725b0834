export * from './dead-letters/dead-letters.js';
export * from './inbox/index.js';
export * from './jobs-port.js';
export * from './log-feed/index.js';
export * from './migrations/index.js';
export * from './nest/index.js';
export * from './port.js';
export * from './runtime/index.js';
