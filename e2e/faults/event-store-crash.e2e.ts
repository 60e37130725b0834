import { HarmonyError } from '@harmony/contracts';
import { PostgresEventStore } from '@harmony/event-store';
import { eventually, startPostgresServer, type PostgresServer } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { anEvent, openLog, type OpenLog } from './event-store-log.js';

const cycles = Number(process.env.HARMONY_CRASH_CYCLES ?? 10);
/** A crash of a server that does not wait for the disk loses something almost every time; more than enough tries. */
const mostControlCycles = 20;

const patiently = { withinMs: 60_000 };

interface Acknowledged {
  readonly streamId: string;
  readonly revision: number;
  readonly id: string;
}

interface Load {
  readonly acknowledged: Acknowledged[];
  readonly failures: unknown[];
  stop(): Promise<void>;
}

/** Eight writers, each on streams of its own with exact expectations, as a service appends. */
function underLoad(store: PostgresEventStore, cycle: number): Load {
  const acknowledged: Acknowledged[] = [];
  const failures: unknown[] = [];
  let writing = true;
  const write = async (writer: number): Promise<void> => {
    for (let stream = 0; writing; stream += 1) {
      const streamId = `crash-${cycle}-${writer}-${stream}`;
      for (let revision = 0; writing && revision < 20; revision += 1) {
        const event = anEvent();
        try {
          await store.append(streamId, [event], revision === 0 ? 'none' : revision - 1);
          acknowledged.push({ streamId, revision, id: event.id });
        } catch (error) {
          failures.push(error);
          await pause(1);
          break;
        }
      }
    }
  };
  const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  const stop = async (): Promise<void> => {
    writing = false;
    await writers;
  };
  return { acknowledged, failures, stop };
}

/** One cycle: load, kill -9 at a moment of chance, restart, and the same store goes on. */
async function crashUnderLoad(server: PostgresServer, { store }: OpenLog, cycle: number): Promise<Load> {
  const load = underLoad(store, cycle);
  try {
    await eventually(() => expect(load.acknowledged.length).toBeGreaterThan(50), patiently);
    await pause(Math.random() * 200);
    await server.kill9();
    await eventually(() => expect(load.failures.length).toBeGreaterThan(0), patiently);
    await server.restart();
    const before = load.acknowledged.length;
    await eventually(() => {
      if (load.acknowledged.length > before + 8) return;
      throw new Error('The store does not go on.', { cause: load.failures.at(-1) });
    }, patiently);
  } finally {
    await load.stop();
  }
  return load;
}

/** What is to be lost are events, not the tables that were made a moment before the first crash. */
async function writeOut({ database }: OpenLog): Promise<void> {
  const owner = await database.connectOwner();
  await owner.query('checkpoint').finally(() => owner.end());
}

async function lostOf({ database }: OpenLog, acknowledged: readonly Acknowledged[]): Promise<number> {
  const { rows } = await database.worker.query<{ found: string }>(
    `select count(*) as found from unnest($1::text[], $2::integer[], $3::uuid[]) given(stream_id, revision, id)
       join event_store.events e using (stream_id, revision, id)`,
    [
      acknowledged.map(({ streamId }) => streamId),
      acknowledged.map(({ revision }) => revision),
      acknowledged.map(({ id }) => id),
    ],
  );
  return acknowledged.length - Number(rows[0]?.found);
}

async function streamsWithGaps({ database }: OpenLog): Promise<number> {
  const { rows } = await database.worker.query(
    'select stream_id from event_store.events group by stream_id having max(revision) + 1 <> count(*)',
  );
  return rows.length;
}

describe('PostgreSQL killed under eight writers', () => {
  let server: PostgresServer;
  let log: OpenLog;

  beforeAll(async () => {
    server = await startPostgresServer({ durable: true });
    log = await openLog(server);
  }, 120_000);
  afterAll(async () => {
    await log.close();
    await server.stop();
  }, 60_000);

  it(
    `loses no acknowledged event in ${cycles} crashes, and the same store works again after each`,
    async () => {
      const acknowledged: Acknowledged[] = [];
      const seen = new Set<string>();
      const ending = new AbortController();
      const after = await log.store.head();
      const follower = (async () => {
        for await (const { events } of log.store.subscribe({ after, signal: ending.signal })) {
          for (const { id } of events) {
            expect(seen.has(id)).toBe(false);
            seen.add(id);
          }
        }
      })();
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        const load = await crashUnderLoad(server, log, cycle);
        acknowledged.push(...load.acknowledged);
        for (const failure of load.failures) {
          expect(failure).toBeInstanceOf(HarmonyError);
          expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', retryAfterSeconds: 1 });
        }
      }
      expect(await lostOf(log, acknowledged)).toBe(0);
      expect(await streamsWithGaps(log)).toBe(0);
      await eventually(() => expect(acknowledged.filter(({ id }) => !seen.has(id))).toEqual([]), { withinMs: 60_000 });
      ending.abort();
      await follower;
      process.stderr.write(`${acknowledged.length} events acknowledged in ${cycles} crashes, 0 lost\n`);
    },
    60_000 * cycles,
  );
});

describe('the same with synchronous_commit off, as the control', () => {
  let server: PostgresServer;
  let log: OpenLog;

  beforeAll(async () => {
    server = await startPostgresServer({ durable: true, settings: { synchronous_commit: 'off' } });
    log = await openLog(server);
    await writeOut(log);
  }, 120_000);
  afterAll(async () => {
    await log.close();
    await server.stop();
  }, 60_000);

  it('loses acknowledged events, which proves that the test can see a loss', async () => {
    let lost = 0;
    for (let cycle = 0; lost === 0 && cycle < mostControlCycles; cycle += 1) {
      const { acknowledged } = await crashUnderLoad(server, log, cycle);
      lost = await lostOf(log, acknowledged);
    }
    process.stderr.write(`${lost} acknowledged events lost by the control\n`);
    expect(lost).toBeGreaterThan(0);
  }, 600_000);
});
