import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import type { ReadStreamOptions, RecordedEvent } from '../port.js';
import { asStoreError } from './failures.js';
import { eventColumns, storedEvent, type EventRow } from './log/stored-event.js';
import { textRows } from './text-rows.js';

const pageSize = 500;

/** Erased events leave an empty stream behind: a row of nulls says so, without another round trip. */
const page = (condition: string, order: string): string =>
  `(select ${eventColumns} from event_store.events where stream_id = $1 and ${condition} ${order} limit $3)
   union all select null, null, null, null, null, null from event_store.tombstones where stream_id = $1 ${order}`;

const pages = {
  forward: page('revision >= $2', 'order by revision'),
  backward: page('revision <= $2', 'order by revision desc'),
} as const;

/** The highest value of Postgres's integer. */
const lastRevision = 2 ** 31 - 1;

/** Events of one stream, page by page. */
export async function* readStream(
  pool: Pool,
  streamId: string,
  { direction = 'forward', from, limit = Infinity }: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent> {
  let next = from ?? (direction === 'forward' ? 0 : lastRevision);
  let left = limit;
  while (left > 0) {
    const wanted = Math.min(pageSize, left);
    const events = await readPage(pool, streamId, direction, Math.min(next, lastRevision), wanted);
    yield* events;
    const last = events.at(-1);
    if (!last || events.length < wanted) return;
    next = last.revision + (direction === 'forward' ? 1 : -1);
    left -= events.length;
  }
}

async function readPage(
  pool: Pool,
  streamId: string,
  direction: 'forward' | 'backward',
  from: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const query = {
    ...textRows,
    name: `event-store-${direction}`,
    text: pages[direction],
    values: [streamId, from, limit],
  };
  const { rows } = await pool.query<[...EventRow] | [null]>(query).catch(fail);
  return rows.map((row) => {
    if (row[0] === null) throw new HarmonyError('STREAM_DELETED', { facts: { streamId } });
    return storedEvent(row);
  });
}

const fail = (error: unknown): never => {
  throw asStoreError(error);
};
