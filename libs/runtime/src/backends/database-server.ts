import { startEmbeddedPostgres } from '@harmony/embedded-postgres';
import type { Closers } from '../process/closers.js';
import type { Host } from './backends.js';

/** The address of the database: the given one, or that of an embedded server that lives as long as this process. */
export async function openDatabaseServer(host: Host, closers: Closers): Promise<string> {
  const { configuration, logger } = host;
  if (configuration.database.url !== undefined) return configuration.database.url;
  const server = await startEmbeddedPostgres({
    dataDirectory: configuration.process.dataDirectory,
    logger,
    onLost: (error) => host.lost('the embedded PostgreSQL', error),
  });
  closers.add('embedded PostgreSQL', () => server.stop());
  return server.url;
}
