import { decodeEvent } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { rowAfter, type Row } from '@harmony/read-model';
import type { Pool } from 'pg';
import { summaryProjection } from './workload.js';

/** How a projection is written without a second thought: for each event read the row, change it, write it, commit. */
export async function naiveRate(pool: Pool, store: EventStore, events: number): Promise<number> {
  await pool.query('drop table if exists bench.naive');
  await pool.query('create table bench.naive (like bench.summaries including all)');
  const folds = summaryProjection.tables[0]?.on;
  const start = performance.now();
  let handled = 0;
  for await (const batch of store.readLog({ batchSize: 500 })) {
    for (const { streamId, revision, position, ...recorded } of batch.events) {
      const event = decodeEvent(recorded);
      const key = [streamId.slice('conversation-'.length)];
      const { rows } = await pool.query<Row>('select * from bench.naive where conversation_id = $1', key);
      // The fold belongs to the event's type; the map's type cannot say so.
      const fold = folds?.[event.type as 'ConversationSubmitted'];
      const row = fold && rowAfter(fold, rows[0], { event: event as never, streamId, revision, position }, key);
      if (row) await upsert(pool, row);
      handled += 1;
      if (handled >= events) return handled / ((performance.now() - start) / 1_000);
    }
  }
  return handled / ((performance.now() - start) / 1_000);
}

async function upsert(pool: Pool, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await pool.query(
    `insert into bench.naive (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (conversation_id) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    Object.values(row),
  );
}
