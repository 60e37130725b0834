export * from './local/index.js';
export * from './answer-with-evidence.js';
export * from './port.js';
