export * from './answer-with-evidence.js';
export * from './port.js';
