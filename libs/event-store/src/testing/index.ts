export * from './memory-streams.js';
