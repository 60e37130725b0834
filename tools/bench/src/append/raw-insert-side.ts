import pg from 'pg';
import type { AppendSide } from './measure.js';

/** The floor to stand on: a prepared INSERT of one row into an identical table, a connection for each caller. */
export async function rawInsertSide(url: string, callers: number): Promise<AppendSide> {
  const clients = Array.from({ length: callers }, () => new pg.Client({ connectionString: url }));
  for (const client of clients) await client.connect();
  await clients[0]?.query('create schema if not exists peer');
  await clients[0]?.query('create table if not exists peer.events (like event_store.events including all)');
  const text = 'insert into peer.events (pos, stream_id, revision, id, type, event) values (1, $1, $2, $3, $4, $5)';
  return {
    name: 'INSERT',
    table: 'peer.events',
    stream: 'stream_id',
    revision: 'revision',
    append: async (caller, stream, revision, event) => {
      const values = [stream, revision, event.id, event.type, JSON.stringify(event)];
      await clients[caller]?.query({ name: 'raw-insert', text, values });
    },
    close: async () => {
      for (const client of clients) await client.end();
    },
  };
}
