import type { EventStore } from '@harmony/event-store';
import { replay, type Database } from '@harmony/read-model';
import { WrongResult } from '../harness/bench.js';
import { summaryProjection } from './workload.js';

/** The replay that operators run: from nothing to tables that are indexed, analysed and in place. */
export async function rebuildRate(database: Database, store: EventStore, events: number): Promise<number> {
  const start = performance.now();
  const outcome = await replay(summaryProjection, { database, store });
  const rate = events / ((performance.now() - start) / 1_000);
  if (outcome.events !== events) throw new WrongResult(`The replay saw ${outcome.events} of ${events} events.`);
  return rate;
}

const toleratedMiB = 64;

/**
 * Replays and looks at the memory of the process after each batch: what the second half of the log needs beyond the
 * first half would grow on for ever. @returns the growth in MiB.
 */
export async function requireFlatMemory(database: Database, store: EventStore, events: number): Promise<number> {
  const peaks = [0, 0];
  await replay(summaryProjection, {
    database,
    store,
    onProgress: ({ events: seen }) => {
      const half = seen > events / 2 ? 1 : 0;
      peaks[half] = Math.max(peaks[half] ?? 0, process.memoryUsage.rss());
    },
  });
  const growth = Math.round(((peaks[1] ?? 0) - (peaks[0] ?? 0)) / 2 ** 20);
  if (growth > toleratedMiB)
    throw new WrongResult(`Memory grew by ${growth} MiB in the second half of ${events} events.`);
  return growth;
}
