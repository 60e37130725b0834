export { createGateway, serveGateway, type GatewayOptions } from './application.js';
export { IdempotencyStore } from './idempotency/idempotency-store.js';
export { gatewayMigrations } from './idempotency/migration.js';
export { openGateway } from './open-gateway.js';
export { printFaces, type PrintedFaces } from './printing.js';
