import { readMeetings, type Meeting } from '@harmony/testing';
import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres } from '../harness/postgres.js';
import { copyTurns } from './copy-side.js';
import { importMeetings } from './import-side.js';

const folder = join(import.meta.dirname, '../../../../../shared/data/qmsum');

/** Everything that an import is, HTTP to readable transcript, against the bytes of its turns in one table. */
export const importBench: Bench = {
  title: 'turns per second from a structured import of real meetings until all are readable, against COPY of the turns',
  run: async (options) => {
    const meetings = await readMeetings(folder, options.seed);
    if (meetings) return withFolder((data) => run(data, meetings, options));
    const skipped = ['everything: ../shared/data/qmsum is not there'];
    return { comparisons: [], checks: [], facts: {}, skipped };
  },
};

async function run(dataDirectory: string, all: readonly Meeting[], { quick }: BenchOptions): Promise<BenchResult> {
  const meetings = quick ? all.slice(0, 10) : all;
  const turns = meetings.reduce((sum, meeting) => sum + meeting.turns.length, 0);
  const harmony = await startHarmony(dataDirectory);
  try {
    return await withPostgres(1, async ({ pool, version }) => {
      const sides = { ours: () => importMeetings(harmony, meetings), copy: () => copyTurns(pool, meetings) };
      const rates = await interleave(sides, quick ? 1 : 5);
      return {
        comparisons: [
          {
            workload: `${meetings.length} meetings, ${turns} turns`,
            ...{ ours: 'import until readable', peer: 'COPY of the turns', unit: 'turns/s' },
            ...{ ourRates: rates.ours, peerRates: rates.copy },
          },
        ],
        checks: ['every conversation is completed, and has as many turns as its meeting'],
        facts: { postgres: version },
      };
    });
  } finally {
    await harmony.stop();
  }
}
