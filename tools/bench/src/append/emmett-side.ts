import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { AppendSide } from './measure.js';

/** The best-known TypeScript event store on PostgreSQL, with a connection for each caller. */
export async function emmettSide(url: string, callers: number): Promise<AppendSide> {
  const pool = new pg.Pool({ connectionString: url, max: callers });
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(url, {
    schema: { autoMigration: 'CreateOrUpdate' },
    connectionOptions: { pool },
  });
  await store.schema.migrate();
  return {
    name: 'emmett',
    table: 'emt_messages',
    stream: 'stream_id',
    revision: 'stream_position',
    reset: async () => {
      await pool.query('truncate emt_streams');
    },
    append: async (_caller, stream, revision, { type, data, ...metadata }) => {
      const event = { type, data: data as Record<string, unknown>, metadata, kind: 'Event' as const };
      await store.appendToStream(stream, [event], {
        expectedStreamVersion: revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision),
      });
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
