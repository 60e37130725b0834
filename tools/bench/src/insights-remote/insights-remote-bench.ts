import { newId } from '@harmony/kernel';
import type { ModelServer } from '@harmony/llm/testing';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { assertSame, type Bench, type BenchResult } from '../harness/bench.js';
import { withFolder } from '../harness/harmony.js';
import { allCompleted, importAll, listed } from '../harness/import.js';
import { startProgram } from '../harness/program.js';
import { residentMiB } from '../harness/resident-memory.js';
import { spreadOf } from '../harness/statistics.js';
import { requireCells } from '../insights/counts.js';
import { setUp } from '../insights/set-up.js';
import type { BenchProject } from '../insights/workload.js';
import { remoteProject, startModel } from './model.js';

const limit = 32;
const questions = 20;
const smallQuestions = 5;
const sampleEveryMs = 20;
const smallEveryMs = 3_000;

/** V8 lets garbage lie as long as there is room: in little room it shows what is really needed. */
const heapLimit = '--max-old-space-size=256';

const programFile = join(import.meta.dirname, 'two-workspaces.js');
const readySchema = z.object({ url: z.url(), large: z.string(), small: z.string() });

interface Access {
  readonly url: string;
  readonly apiKey: string;
}

/** What one run over all cells of the large workspace showed. */
interface Observed {
  readonly inFlight: number;
  /** Seconds until a conversation of the small workspace was answered. */
  readonly waits: readonly number[];
  readonly grewMiB: number;
}

/** A model that answers in 400 ms: how much of the allowed concurrency is used, by whom, and at what memory. */
export const insightsRemoteBench: Bench = {
  title: 'questions in flight to a model that answers in 400 ms, of 32 allowed; another workspace meanwhile; memory',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const model = await startModel();
      const environment = {
        ...{ HARMONY_DATA_DIR: folder, HARMONY_PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '1000000' },
        ...{ LLM_MODEL: 'openai:bench', LLM_BASE_URL: model.url, LLM_API_KEY: 'bench' },
        ...{ LLM_MAX_CONCURRENCY: String(limit), JOB_CONCURRENCY: String(limit + 8) },
      };
      const program = await startProgram({ file: programFile, flags: [heapLimit], environment });
      try {
        const { url, large, small } = readySchema.parse(program.ready);
        const accesses = { large: { url, apiKey: large }, small: { url, apiKey: small } };
        const projects = {
          large: remoteProject('large', quick ? 10 : 100, questions),
          small: remoteProject('small', 1, smallQuestions),
        };
        await setUp(accesses.large, projects.large);
        await setUp(accesses.small, projects.small);
        await observe(model, accesses, { ...projects, large: remoteProject('large', 5, questions) }, program.pid);
        const observed: Observed[] = [];
        for (let repetition = 0; repetition < (quick ? 1 : 3); repetition += 1) {
          observed.push(await observe(model, accesses, projects, program.pid));
        }
        return resultOf(observed, projects.large.conversations.length * questions);
      } finally {
        await program.stop();
        await model.stop();
      }
    }),
};

type Both<Value> = Readonly<Record<'large' | 'small', Value>>;

async function observe(
  model: ModelServer,
  accesses: Both<Access>,
  { large, small }: Both<BenchProject>,
  pid: number,
): Promise<Observed> {
  const over = new AbortController();
  const [inFlight, memory]: [number[], number[]] = [[], []];
  const sampling = sample(over.signal, async () => {
    if (inFlight.length > 0 || model.inFlight > 0) inFlight.push(model.inFlight);
    memory.push((await residentMiB(pid)) ?? NaN);
  });
  const others = answeredMeanwhile(accesses.small, small, over.signal);
  await answer(accesses.large, large);
  over.abort();
  const [waits] = await Promise.all([others, sampling]);
  const half = Math.floor(memory.length / 2);
  const grewMiB = spreadOf(memory.slice(half)).median - spreadOf(memory.slice(0, half)).median;
  return { inFlight: inFlight.reduce((sum, one) => sum + one, 0) / inFlight.length, waits, grewMiB };
}

/** Imports the project's conversations, and waits until each is answered. */
async function answer(access: Access, { name, conversations, questions: asked }: BenchProject): Promise<void> {
  const run = newId();
  const all = conversations.map((one) => ({ ...one, team: name }));
  await importAll(access, run, all);
  await allCompleted(access, run, all.length);
  const ids = (await listed(access, run)).map(({ id }) => id);
  await requireCells(access, ids, all.length * asked.length);
}

/** One conversation after the other, every few seconds, until it is over. @returns the seconds that each took. */
async function answeredMeanwhile(access: Access, project: BenchProject, signal: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  while (!signal.aborted) {
    const start = performance.now();
    await answer(access, project);
    waits.push((performance.now() - start) / 1_000);
    await pause(smallEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return waits;
}

async function sample(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await look();
    await pause(sampleEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

function resultOf(observed: readonly Observed[], cells: number): BenchResult {
  const waits = observed.flatMap((one) => one.waits);
  assertSame(
    'the small workspace was served in every run',
    observed.map((one) => one.waits.length > 0).includes(false),
    false,
  );
  return {
    comparisons: [
      {
        ...{ workload: `${cells} answers of one workspace`, ours: 'in flight, mean', peer: 'allowed' },
        ...{ unit: 'questions', target: 0.9 },
        ...{ ourRates: observed.map(({ inFlight }) => inFlight), peerRates: observed.map(() => limit) },
      },
    ],
    figures: [
      {
        ...{ workload: `another workspace meanwhile, ${smallQuestions} answers`, what: 'import to complete' },
        ...{ unit: 's', values: waits, limit: 5 },
      },
      {
        ...{ workload: `${cells} answers`, what: 'resident memory, second half over first', unit: 'MiB' },
        ...{ values: observed.map(({ grewMiB }) => grewMiB), limit: 64 },
      },
    ],
    checks: ['every definition of every conversation of both workspaces is answered once, none by failing'],
    facts: { latencyMs: 400, limit },
  };
}
