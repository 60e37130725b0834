import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { migrate } from '@harmony/read-model';
import { assertSame, type Bench } from '../harness/bench.js';
import { payloadBytes } from '../harness/events.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres } from '../harness/postgres.js';
import { copyRate } from './copy-side.js';
import { replay, replayInSql } from './replay-side.js';
import { seedLog } from './seed-log.js';

const target = 0.4;
/** As a reader of the log gets them by default. */
const batchSize = 1_000;

/** Reads the whole log, decodes and folds every event; against the bytes of the same rows. */
export const replayBench: Bench = {
  title: 'events per second read, decoded and folded, against COPY TO STDOUT of the same rows',
  run: ({ quick, seed }) =>
    withPostgres(4, async ({ server, pool, version }) => {
      const events = quick ? 5_000 : 300_000;
      await migrate(server.url, [eventStoreMigrations]);
      const store = PostgresEventStore.open({ connectionString: server.url });
      await seedLog(store, events, seed);
      await pool.query('vacuum analyze event_store.events');
      const expected = await replayInSql(pool);
      const ours = async (): Promise<number> => {
        const start = performance.now();
        assertSame('replay', await replay(store, batchSize), expected);
        return events / ((performance.now() - start) / 1000);
      };
      const ordered = 'select * from event_store.events order by xid, pos';
      const rates = await interleave(
        {
          ours,
          ordered: () => copyRate(pool, ordered, events),
          heap: () => copyRate(pool, 'select * from event_store.events', events),
        },
        quick ? 1 : 5,
      );
      await store.close();
      const shared = { workload: `${events} events`, ours: 'readLog + decode + fold', unit: 'events/s' };
      return {
        comparisons: [
          { ...shared, peer: 'COPY in log order', ourRates: rates.ours, peerRates: rates.ordered, target },
          { ...shared, peer: 'COPY in heap order', ourRates: rates.ours, peerRates: rates.heap },
        ],
        checks: ['the fold gives the same count and talk time as the aggregate in SQL'],
        facts: { postgres: version, payloadBytes, batchSize },
      };
    }),
};
