export { createGateway, serveGateway, type GatewayOptions, type RunningGateway } from './application.js';
export { IdempotencyStore } from './idempotency/idempotency-store.js';
export { gatewayMigrations } from './idempotency/migration.js';
export { printFaces, type PrintedFaces } from './printing.js';
