import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commands, definitions } from './commands.js';
import { Oracle } from './oracle.js';
import { Round } from './round.js';
import { System } from './system.js';

/** Sequences of one run, and a seed to repeat one by; a longer search: `HARMONY_MODEL_RUNS=50`. */
const numRuns = Number(process.env['HARMONY_MODEL_RUNS'] ?? 4);
const seed = Number(process.env['HARMONY_MODEL_SEED'] ?? Date.now() % 1_000_000);
/** No further sequence is begun after this time. */
const enoughMs = numRuns * 20_000;

let system: System;
let rounds = 0;
beforeAll(async () => {
  system = await System.start();
}, 120_000);
afterAll(() => system?.stop(), 60_000);

it(`revisions do what D2 to D4 say, whatever happens in whatever order (seed ${seed})`, async () => {
  const property = fc.asyncProperty(commands(), async (sequence) => {
    await fc.asyncModelRun(async () => {
      rounds += 1;
      system.model.letGo();
      system.model.failing = new Set();
      const round = await Round.start(system, rounds, definitions);
      const oracle = new Oracle(definitions);
      for (let conversation = 0; conversation < 2; conversation += 1) {
        oracle.ingest();
        await round.ingest();
      }
      return { model: oracle, real: round };
    }, sequence);
  });
  // What fails is printed with its seed as it is: to make it smaller takes longer than a test may.
  await fc.assert(property, {
    ...{ numRuns, seed, endOnFailure: process.env['HARMONY_MODEL_SHRINK'] === undefined },
    ...{ interruptAfterTimeLimit: enoughMs, verbose: 1 },
  });
  expect(rounds).toBeGreaterThan(0);
}, 900_000);
