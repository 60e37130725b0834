import { startPostgresServer, type PostgresServer } from '@harmony/testing';
import pg from 'pg';

export interface BenchDatabase {
  readonly server: PostgresServer;
  readonly pool: pg.Pool;
  readonly version: string;
}

/** Runs something against a durable PostgreSQL of its own: fsync and synchronous_commit on, buffers as by default. */
export async function withPostgres<Result>(
  connections: number,
  use: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  const server = await startPostgresServer({ durable: true });
  const pool = new pg.Pool({ connectionString: server.url, max: connections });
  // The pool's end does not wait until the server has let go, whose farewell may come after it.
  pool.on('error', () => undefined);
  try {
    const { rows } = await pool.query<{ version: string }>("select current_setting('server_version') as version");
    return await use({ server, pool, version: rows[0]?.version ?? 'unknown' });
  } finally {
    await pool.end();
    await server.stop();
  }
}
