import { decodeEvent } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { Pool } from 'pg';

export interface TalkTime {
  readonly events: number;
  readonly milliseconds: number;
}

/** As a projection does it: read, decode, upcast, validate, fold. */
export async function replay(store: EventStore, batchSize: number): Promise<TalkTime> {
  let [events, milliseconds] = [0, 0];
  for await (const batch of store.readLog({ batchSize })) {
    for (const recorded of batch.events) {
      const event = decodeEvent(recorded);
      events += 1;
      if (event.type !== 'TranscriptChunkRecorded') continue;
      for (const { startMs, endMs } of event.data.turns) milliseconds += (endMs ?? 0) - (startMs ?? 0);
    }
  }
  return { events, milliseconds };
}

/** The same without any code of ours. */
export async function replayInSql(pool: Pool): Promise<TalkTime> {
  const { rows } = await pool.query<{ events: number; milliseconds: number }>(
    `select count(distinct (xid, pos))::integer as events,
            sum((turn ->> 'endMs')::bigint - (turn ->> 'startMs')::bigint)::float8 as milliseconds
       from event_store.events, json_array_elements(event -> 'data' -> 'turns') turn`,
  );
  return { events: rows[0]?.events ?? 0, milliseconds: rows[0]?.milliseconds ?? 0 };
}
