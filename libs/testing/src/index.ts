export * from './eventually.js';
export * from './postgres-server.js';
export * from './test-database.js';
