export * from './jobs-port.js';
export * from './port.js';
