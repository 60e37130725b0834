export * from './database/database-error.js';
export * from './database/open-database.js';
export { servingRole, workerRole } from './database/settings.js';
export { inTransaction } from './database/transaction.js';
export * from './migrations/migrate.js';
export * from './port.js';
export * from './query-port.js';
