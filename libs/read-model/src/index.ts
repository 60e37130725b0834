export * from './port.js';
export * from './query-port.js';
