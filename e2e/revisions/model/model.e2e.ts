import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commands, definitions, tour } from './commands.js';
import { Oracle } from './oracle.js';
import { Round } from './round.js';
import { System } from './system.js';

/** Sequences, one behind the other; a longer search: `HARMONY_MODEL_RUNS=50`. */
const runs = Number(process.env['HARMONY_MODEL_RUNS'] ?? 4);
/** Of the first sequence, the same unless told otherwise; to repeat one, its own seed with `HARMONY_MODEL_RUNS=1`. */
const firstSeed = Number(process.env['HARMONY_MODEL_SEED'] ?? 100);
/** No further sequence is begun after this time; those that have begun come to their end. */
const enoughMs = runs * 12_000;

let system: System;
let rounds = 0;
beforeAll(async () => {
  system = await System.start();
}, 240_000);
afterAll(() => system?.stop(), 60_000);

/** A project with two conversations, and the oracle of it. */
async function newScene(): Promise<{ model: Oracle; real: Round<System> }> {
  rounds += 1;
  const { model } = system;
  model.letGo();
  model.failing = new Set();
  const round = await Round.start(system, rounds, definitions);
  const oracle = new Oracle(definitions, (conversation, definition, wording) =>
    model.answered.includes([rounds, conversation, definition, wording].join('/')),
  );
  for (let conversation = 0; conversation < 2; conversation += 1) {
    oracle.ingest();
    await round.ingest();
  }
  return { model: oracle, real: round };
}

const property = fc.asyncProperty(commands(), (sequence) => fc.asyncModelRun(newScene, sequence));

it('revisions do what D2 to D4 say, where every step is taken', async () => {
  const { model, real } = await newScene();
  for (const step of tour) {
    expect([String(step), step.check(model)]).toEqual([String(step), true]);
    await step.run(model, real);
  }
}, 600_000);

it(`revisions do what D2 to D4 say, whatever happens in whatever order (seed ${firstSeed})`, async () => {
  const start = performance.now();
  for (let run = 0; run < runs && performance.now() - start < enoughMs; run += 1) {
    const seed = firstSeed + run;
    // What fails is printed as it is, with its seed: to make it smaller takes longer than a test may.
    const endOnFailure = process.env['HARMONY_MODEL_SHRINK'] === undefined;
    await fc.assert(property, { numRuns: 1, seed, unbiased: true, endOnFailure, verbose: 1 });
  }
  expect(rounds).toBeGreaterThan(0);
}, 900_000);
