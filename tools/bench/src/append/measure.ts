import type { EventToAppend } from '@harmony/event-store';
import type { Pool } from 'pg';
import { assertSame } from '../harness/bench.js';
import { eventsPerStream } from '../harness/events.js';

/** Something that records one event per commit. */
export interface AppendSide {
  readonly name: string;
  /** A table with the columns `stream` and `revision` that holds what was recorded; emptied before each run. */
  readonly table: string;
  readonly stream: string;
  readonly revision: string;
  /** @param revision of the event, 0 for the first one of its stream; the append expects exactly what precedes it. */
  append(caller: number, stream: string, revision: number, event: EventToAppend): Promise<unknown>;
  /** Empties what {@link table} does not. */
  reset?(): Promise<void>;
  close(): Promise<void>;
}

export interface AppendLoad {
  readonly callers: number;
  readonly milliseconds: number;
  readonly makeEvent: (number: number) => EventToAppend;
}

/** Appends as fast as so many callers can, each waiting for its reply; checks the result; gives events per second. */
export async function measureAppends(pool: Pool, side: AppendSide, load: AppendLoad): Promise<number> {
  await side.reset?.();
  await pool.query(`truncate ${side.table}`);
  await pool.query('checkpoint');
  const { callers, milliseconds, makeEvent } = load;
  const start = performance.now();
  const call = async (caller: number): Promise<number> => {
    let count = 0;
    for (; performance.now() - start < milliseconds; count += 1) {
      const stream = `conversation-${caller}-${Math.floor(count / eventsPerStream)}`;
      await side.append(caller, stream, count % eventsPerStream, makeEvent(caller * 31 + count));
    }
    return count;
  };
  const counts = await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  const seconds = (performance.now() - start) / 1000;
  const acknowledged = counts.reduce((sum, count) => sum + count, 0);
  await check(pool, side, acknowledged);
  return acknowledged / seconds;
}

async function check(pool: Pool, { name, table, stream, revision }: AppendSide, acknowledged: number): Promise<void> {
  const { rows } = await pool.query<{ events: string; gaps: string }>(
    `select coalesce(sum(events), 0)::text as events, count(*) filter (where events <> last - first + 1)::text as gaps
       from (select count(*) as events, min(${revision}) as first, max(${revision}) as last
               from ${table} group by ${stream}) streams`,
  );
  const { events = '', gaps = '' } = rows[0] ?? {};
  assertSame(name, { events, gaps }, { events: String(acknowledged), gaps: '0' });
}
