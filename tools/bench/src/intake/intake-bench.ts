import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult, Figure } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { checkStored, takeIn } from './intake-side.js';
import { bareParts } from './parts-side.js';
import { growthWhile } from '../harness/resident-memory.js';
import { makeSample } from './sample.js';

/** What intake may take of the sum of its parts. */
const mostOfSum = 1.3;
const mostGrowthMiB = 128;

/** A recording from the first byte until it can be played and transcribed, against the bare parts of that way. */
export const intakeBench: Bench = {
  title: 'an hour of MP3 uploaded in parts, stored, normalised and drawn, against a bare POST and a bare ffmpeg',
  run: (options) => withFolder((folder) => run(folder, options)),
};

async function run(folder: string, { quick, seed }: BenchOptions): Promise<BenchResult> {
  const minutes = quick ? 1 : 60;
  const [data, scratch] = [join(folder, 'data'), join(folder, 'scratch')];
  await mkdir(scratch);
  const sample = await makeSample(scratch, minutes, seed);
  const harmony = await startHarmony(data);
  const growth: number[] = [];
  try {
    const ours = async (): Promise<number> => {
      const { result, grewMiB } = await growthWhile(harmony.pid, () => takeIn(harmony, sample));
      if (grewMiB !== undefined) growth.push(grewMiB);
      await checkStored(data, result.id, sample);
      return 60 / result.seconds;
    };
    const parts = async (): Promise<number> => 60 / (await bareParts(scratch, sample));
    const rates = await interleave({ ours, parts }, quick ? 1 : 5);
    return {
      comparisons: [
        {
          workload: `${minutes} min, ${Math.round(sample.bytes / 1e5) / 10} MB of MP3`,
          ...{ ours: 'upload until prepared', peer: 'POST to a file, then ffmpeg', unit: 'recordings/min' },
          ...{ ourRates: rates.ours, peerRates: rates.parts, target: 1 / mostOfSum },
        },
      ],
      figures: figuresOf(growth),
      ...(growth.length === 0 && { skipped: ['memory: this system has no /proc'] }),
      checks: ['what is stored equals the source, and the sound equals that of bare ffmpeg'],
      facts: { bytes: sample.bytes },
    };
  } finally {
    await harmony.stop();
  }
}

/** The first run also compiles and fills pools. */
const figuresOf = (growth: readonly number[]): Figure[] =>
  growth.length < 2
    ? []
    : [
        {
          ...{ workload: 'one recording', what: 'growth of resident memory', unit: 'MiB' },
          ...{ values: growth.slice(1), limit: mostGrowthMiB },
        },
      ];
