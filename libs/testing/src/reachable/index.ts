export * from './describe-reachable.js';
export * from './kafka-broker.js';
export * from './reach.js';
export type { Reached, ServerName, Servers, Skipped } from './servers.js';
export { freePort, isInstalled, startServer } from './processes.js';
