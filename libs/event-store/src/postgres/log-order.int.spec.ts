import { newId } from '@harmony/kernel';
import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { LogFilter, RecordedEvent } from '../port.js';
import { logStart } from '../position.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { migrateEventStore } from './testing/migrate-event-store.js';
import { appendFastWithin, appendWithin, sometimesHold, writeConcurrently } from './testing/raw-writers.js';

const stressMs = Number(process.env.HARMONY_STRESS_MS ?? 3_000);

/** What a reader got while others wrote, and how to make it read to the end and stop. */
interface Reading<Item> {
  readonly got: Item[];
  finish(): Promise<Item[]>;
}

/** Follows the log as any consumer of the product does. */
function followLog(
  store: PostgresEventStore,
  filter: LogFilter = {},
): Reading<RecordedEvent> & { until(count: number): Promise<void> } {
  const ending = new AbortController();
  const got: RecordedEvent[] = [];
  const loop = (async () => {
    for await (const { events } of store.subscribe({ after: logStart, filter, signal: ending.signal }))
      got.push(...events);
  })();
  return {
    got,
    until: (count) =>
      eventually(() => expect(got.length).toBeGreaterThanOrEqual(count), { withinMs: 60_000, everyMs: 50 }),
    finish: async () => {
      ending.abort();
      await loop;
      return got;
    },
  };
}

/** Follows the log by a sequence, a cursor that is known to be wrong, to prove that the test can see a loss. */
function followBySequence(pool: Pool, condition: string): Reading<string> {
  const got: string[] = [];
  let cursor = '0';
  let writing = true;
  const text = `select id, seq from event_store.events where seq > $1 ${condition} order by seq limit 1000`;
  const readOn = async (): Promise<number> => {
    const { rows } = await pool.query<{ id: string; seq: string }>(text, [cursor]);
    got.push(...rows.map(({ id }) => id));
    cursor = rows.at(-1)?.seq ?? cursor;
    return rows.length;
  };
  const loop = (async () => {
    while (writing) {
      await readOn();
      await pause(1);
    }
  })();
  const finish = async (): Promise<string[]> => {
    writing = false;
    await loop;
    while ((await readOn()) > 0);
    return got;
  };
  return { got, finish };
}

/** How often an event of a stream was delivered before the one that precedes it. */
function inversions(events: readonly RecordedEvent[], prefix: string): number {
  const next = new Map<string, number>();
  let count = 0;
  for (const { streamId, revision } of events.filter((event) => event.streamId.startsWith(prefix))) {
    if (revision < (next.get(streamId) ?? 0)) count += 1;
    next.set(streamId, Math.max(next.get(streamId) ?? 0, revision));
  }
  return count;
}

jest.setTimeout(120_000);

describe('the order of the log while many write', () => {
  let database: TestDatabase;
  let store: PostgresEventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.pool);
    await database.pool.query('create table earlier_writes (at timestamptz)');
    store = PostgresEventStore.open({ connectionString: database.url });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('shows a follower every event once, where a cursor of a sequence loses some', async () => {
    await database.pool.query('alter table event_store.events add column seq bigserial unique');
    const follower = followLog(store);
    const naive = followBySequence(database.pool, '');
    const halfway = followBySequence(database.pool, 'and xid < pg_snapshot_xmin(pg_current_snapshot())');
    const holdBeforeOrAfter = async (client: PoolClient, writer: number): Promise<string[]> => {
      if (Math.random() < 0.1) {
        await client.query('insert into earlier_writes values (now())');
        await sometimesHold(2);
      }
      const id = await (writer % 2 === 0 ? appendWithin : appendFastWithin)(client, `once-${newId()}`);
      await sometimesHold(10);
      return [id];
    };
    const acknowledged = await writeConcurrently(database.pool, {
      writers: 12,
      milliseconds: stressMs,
      transaction: holdBeforeOrAfter,
    });
    await follower.until(acknowledged.length);
    const ids = (await follower.finish()).map(({ id }) => id);
    const missedBy = (got: readonly string[]): number => {
      const seen = new Set(got);
      return acknowledged.filter((id) => !seen.has(id)).length;
    };
    const missed = {
      naive: missedBy(await naive.finish()),
      halfway: missedBy(await halfway.finish()),
      ours: missedBy(ids),
    };
    process.stderr.write(`missed of ${acknowledged.length} events: ${JSON.stringify(missed)}\n`);
    expect(missed.ours).toBe(0);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toHaveLength(acknowledged.length);
    expect(missed.naive).toBeGreaterThan(0);
    expect(missed.halfway).toBeGreaterThan(0);
  });

  it('never shows a later event of a stream before an earlier one, unless something was written before the append', async () => {
    const hotStream = (prefix: string): string => `${prefix}-${Math.floor(Math.random() * 4)}`;
    const follower = followLog(store, { streamPrefixes: ['safe-', 'control-'] });
    const safe = await writeConcurrently(database.pool, {
      writers: 16,
      milliseconds: stressMs,
      transaction: async (client, writer) => [
        await (writer % 2 === 0 ? appendWithin : appendFastWithin)(client, hotStream('safe')),
      ],
    });
    const control = await writeConcurrently(database.pool, {
      writers: 16,
      milliseconds: stressMs,
      transaction: async (client) => {
        await client.query('insert into earlier_writes values (now())');
        return [await appendWithin(client, hotStream('control'))];
      },
    });
    await follower.until(safe.length + control.length);
    const events = await follower.finish();
    const inverted = { safe: inversions(events, 'safe-'), control: inversions(events, 'control-') };
    process.stderr.write(`inversions in ${safe.length} and ${control.length} events: ${JSON.stringify(inverted)}\n`);
    expect(inverted.safe).toBe(0);
    expect(inverted.control).toBeGreaterThan(0);
  });
});
