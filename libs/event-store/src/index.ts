export * from './append-limit.js';
export * from './port.js';
export * from './position.js';
export * from './postgres/index.js';
export * from './state/state-streams.js';
export * from './state/stream-cache.js';
