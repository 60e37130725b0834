export * from './port.js';
export * from './position.js';
