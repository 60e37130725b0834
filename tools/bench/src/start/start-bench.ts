import { join } from 'node:path';
import type { Bench } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';

const limit = 10;

/** From the spawn of the demo to its ready line: with an empty data directory, and with the one of the start before. */
export const startBench: Bench = {
  title: 'seconds from the start of the demo to its ready line, on empty and on existing data',
  run: async ({ quick }) => {
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let repetition = 0; repetition < (quick ? 1 : 5); repetition += 1) {
      await withFolder(async (folder) => {
        const dataDirectory = join(folder, 'data');
        cold.push(await secondsToReady(dataDirectory));
        warm.push(await secondsToReady(dataDirectory));
      });
    }
    const shared = { what: 'ready line', unit: 's', limit };
    return {
      comparisons: [],
      figures: [
        { ...shared, workload: 'cold: empty data directory', values: cold },
        { ...shared, workload: 'warm: second start', values: warm },
      ],
      checks: ['each start printed a ready line and ended when told to'],
      facts: {},
    };
  },
};

async function secondsToReady(dataDirectory: string): Promise<number> {
  const began = performance.now();
  const harmony = await startHarmony(dataDirectory);
  const seconds = (performance.now() - began) / 1000;
  await harmony.stop();
  return seconds;
}
