import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { migrate, openDatabase } from '@harmony/read-model';
import { assertSame, type Bench, type BenchOptions, type BenchResult } from '../harness/bench.js';
import { eventsPerStream } from '../harness/events.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres, type BenchDatabase } from '../harness/postgres.js';
import { differences, insertSelectRate } from './insert-select-side.js';
import { naiveRate } from './naive-side.js';
import { rebuildRate, requireFlatMemory } from './rebuild-side.js';
import { seedConversations, summaryProjection } from './workload.js';

const target = 0.3;
const naiveTarget = 10;

/** Makes a read model anew from the whole log; against one hand-written statement and against the naive loop. */
export const rebuildBench: Bench = {
  title: 'events per second of a replayed read model, against INSERT … SELECT by hand and one upsert an event',
  run: (options) => withPostgres(4, (server) => run(server, options)),
};

async function run({ server, pool, version }: BenchDatabase, { quick, seed }: BenchOptions): Promise<BenchResult> {
  const [events, manyEvents, naiveEvents] = quick ? [5_000, 20_000, 500] : [300_000, 1_000_000, 5_000];
  await migrate(server.url, [eventStoreMigrations], [summaryProjection]);
  const database = await openDatabase({ url: server.url, workerConnections: 4, servingConnections: 1 });
  const store = PostgresEventStore.open({ pool: database.worker });
  try {
    await seedConversations(store, 1, events / eventsPerStream, seed);
    await pool.query('vacuum analyze event_store.events');
    const rates = await interleave(
      {
        ours: () => rebuildRate(database, store, events),
        byHand: () => insertSelectRate(pool, events),
        naive: () => naiveRate(pool, store, naiveEvents),
      },
      quick ? 1 : 5,
    );
    assertSame('rows that differ from INSERT … SELECT', await differences(pool), 0);
    await seedConversations(store, events / eventsPerStream + 1, manyEvents / eventsPerStream, seed);
    const growth = await requireFlatMemory(database, store, manyEvents);
    const shared = { workload: `${events} events`, ours: 'replay and swap', unit: 'events/s', ourRates: rates.ours };
    return {
      comparisons: [
        { ...shared, peer: 'INSERT … SELECT by hand', peerRates: rates.byHand, target },
        { ...shared, peer: 'one upsert an event', peerRates: rates.naive, target: naiveTarget },
      ],
      checks: [
        'the replayed rows equal those of INSERT … SELECT, by EXCEPT both ways',
        `over ${manyEvents} events memory grew by ${growth} MiB from the first half to the second`,
      ],
      facts: { postgres: version, conversations: events / eventsPerStream, naiveEvents },
    };
  } finally {
    await store.close();
    await database.close();
  }
}
