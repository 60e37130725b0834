import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult, Comparison, Figure } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { processorSeconds } from '../harness/processor-time.js';
import { cpuShares, readProfiles } from './cpu-shares.js';
import { plainLoop } from './loop-side.js';
import { pipeline } from './pipeline-side.js';
import { setUp } from './set-up.js';
import { callsWorkload, cellsOf, conversationsOf, copies, meetingsWorkload, type Workload } from './workload.js';

/** An overhead under 30 %. */
const target = 1 / 1.3;

/**
 * The calls so many times: 192 conversations a round, the first of which is not counted. A process that has just started
 * has V8 compile for about as long as it answers the first 200, in a larger program for longer than in a loop.
 */
const copiesOfCalls = 16;

interface Measured {
  readonly comparisons: readonly Comparison[];
  readonly figures: readonly Figure[];
}

/** From the import over HTTP to the last result that can be read, against the bare analyst; the local one in both. */
export const insightsBench: Bench = {
  title:
    'conversations per second answered by the whole pipeline with the local analyst, against the analyst in a loop',
  run: async (options) => {
    const [calls, meetings] = await Promise.all([callsWorkload(), meetingsWorkload(options.seed)]);
    const workloads = [
      ...(calls ? [copies(calls, options.quick ? 1 : copiesOfCalls)] : []),
      ...(meetings ? [options.quick ? firstOf(meetings) : meetings] : []),
    ];
    const skipped = [
      ...(calls ? [] : ['calls: ../shared/data/calls is not there']),
      ...(meetings ? [] : ['qmsum val: ../shared/data/qmsum is not there']),
    ];
    const measured: Measured[] = [];
    for (const workload of workloads) measured.push(await withFolder((folder) => measure(folder, workload, options)));
    return resultOf(measured, skipped);
  },
};

const resultOf = (measured: readonly Measured[], skipped: readonly string[]): BenchResult => ({
  comparisons: measured.flatMap(({ comparisons }) => comparisons),
  figures: measured.flatMap(({ figures }) => figures),
  skipped,
  checks: ['every conversation is completed, and every definition of its project is answered once, none by failing'],
  facts: { analyst: 'local' },
});

async function measure(folder: string, workload: Workload, { quick }: BenchOptions): Promise<Measured> {
  const harmony = await startHarmony(join(folder, 'data'));
  const spent = { ours: [] as number[], loop: [] as number[] };
  try {
    for (const project of workload.projects) await setUp(harmony, project);
    let run = 0;
    const side = async (name: keyof typeof spent, work: () => Promise<number>): Promise<number> => {
      const [own, others] = [await processorSeconds(), await processorSeconds(harmony.pid)];
      const rate = await work();
      const [loop, ours] = [(await processorSeconds()) - own, (await processorSeconds(harmony.pid)) - others];
      spent[name].push(conversationsOf(workload) / (name === 'ours' ? ours - loop : loop));
      return rate;
    };
    const rates = await interleave(
      {
        ours: () => side('ours', () => pipeline(harmony, workload)),
        loop: () => side('loop', () => plainLoop(workload, String((run += 1)))),
      },
      quick ? 1 : 3,
    );
    return {
      comparisons: comparisonsOf(workload, rates, { ours: spent.ours.slice(1), loop: spent.loop.slice(1) }),
      figures: quick ? [] : await shares(folder, workload),
    };
  } finally {
    await harmony.stop();
  }
}

type Rates = Readonly<Record<'ours' | 'loop', readonly number[]>>;

function comparisonsOf(workload: Workload, rates: Rates, spent: Rates): Comparison[] {
  const conversations = conversationsOf(workload);
  const cells = cellsOf(workload);
  const size = `${workload.name}, ${conversations} conversations, ${cells} answers`;
  const sides = { ours: 'the pipeline', peer: 'the analyst in a loop' };
  const perConversation = cells / conversations;
  const timed = (what: string, unit: string, of: Rates, scale = 1): Comparison => ({
    ...{ workload: `${size}${what}`, ...sides, unit },
    ourRates: of.ours.map((rate) => rate * scale),
    peerRates: of.loop.map((rate) => rate * scale),
  });
  return [
    { ...timed('', 'conversations/s', rates), target },
    timed('', 'answers/s', rates, perConversation),
    timed(', Node alone', 'conversations a processor second', spent),
  ];
}

/** Where the main thread's time goes, the start included, in a run of its own, which a profile slows down. */
async function shares(folder: string, workload: Workload): Promise<Figure[]> {
  const profiles = join(folder, 'profiles');
  const flags = ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const harmony = await startHarmony(join(folder, 'profiled'), {}, flags);
  try {
    for (const project of workload.projects) await setUp(harmony, project);
    await pipeline(harmony, workload);
  } finally {
    await harmony.stop();
  }
  return [...cpuShares(await readProfiles(profiles))].map(([stage, part]) => ({
    ...{
      workload: workload.name,
      what: `processor time of the main thread, without the thread of the analyst: ${stage}`,
      unit: '%',
      values: [part * 100],
    },
  }));
}

const firstOf = ({ name, projects }: Workload): Workload => ({
  name,
  projects: projects.map((project) => ({ ...project, conversations: project.conversations.slice(0, 2) })),
});
