export * from './eventually.js';
export * from './meetings.js';
export * from './parse-csv.js';
export * from './postgres-server.js';
export * from './reachable/index.js';
export * from './tcp-proxy.js';
export * from './test-database.js';
export * from './wav.js';
