export * from './last-position.js';
export * from './memory-streams.js';
