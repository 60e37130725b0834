export { runningEmbeddedPostgres } from './running.js';
export { startEmbeddedPostgres } from './start.js';
export type { EmbeddedPostgres, EmbeddedPostgresLogger, EmbeddedPostgresOptions } from './types.js';
