import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import type { EventToAppend, ReadStreamOptions, RecordedEvent } from '../port.js';
import { asStoreError } from './failures.js';
import { StoredEvent, StoredPosition } from './log/stored-event.js';
import { textRows } from './text-rows.js';

const pageSize = 500;

const columns = `xid, pos, revision, to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), event`;
const pages = {
  forward: `select ${columns} from event_store.events
             where stream_id = $1 and revision >= $2 order by revision limit $3`,
  backward: `select ${columns} from event_store.events
              where stream_id = $1 and revision <= $2 order by revision desc limit $3`,
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
    if (events.length === 0) await refuseIfDeleted(pool, streamId);
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
  const page = {
    ...textRows,
    name: `event-store-${direction}`,
    text: pages[direction],
    values: [streamId, from, limit],
  };
  const { rows } = await pool.query<[string, string, string, string, string]>(page).catch(fail);
  return rows.map(([xid, pos, revision, recordedAt, body]) => {
    const position = new StoredPosition(BigInt(xid), BigInt(pos));
    const event = JSON.parse(body) as EventToAppend;
    return new StoredEvent(event, streamId, Number(revision), position, recordedAt, Buffer.byteLength(body));
  });
}

/** Erased events leave an empty stream behind, so only then is the question worth a round trip. */
async function refuseIfDeleted(pool: Pool, streamId: string): Promise<void> {
  const text = 'select from event_store.tombstones where stream_id = $1';
  const { rowCount } = await pool.query({ name: 'event-store-tombstone', text, values: [streamId] }).catch(fail);
  if (rowCount) throw new HarmonyError('STREAM_DELETED', { facts: { streamId } });
}

const fail = (error: unknown): never => {
  throw asStoreError(error);
};
