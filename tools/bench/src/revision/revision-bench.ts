import { join } from 'node:path';
import { z } from 'zod';
import { assertSame, type Bench, type BenchOptions, type BenchResult, type Figure } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import { withFolder } from '../harness/harmony.js';
import { startProgram } from '../harness/program.js';
import { cpuShares, readProfiles } from '../insights/cpu-shares.js';
import { seededIn, type SeededFolder } from '../report/seeded.js';
import { cancelUnderWay, changeOneDefinition, runRevision, type Measured, type Target } from './run-revision.js';

const definitions = 10;
const days = 60;
/** Auto after one definition of ten has changed, of the time that everything takes. */
const autoLimit = 0.15;

const programFile = join(import.meta.dirname, 'stubbed-harmony.js');
const everything = { startStage: 'INSIGHTS', force: true };
const auto = { startStage: 'AUTO', force: false };

interface Repetition {
  readonly full: Measured;
  readonly auto: Measured;
}

/** Revisions of a seeded project with a stub of 1 ms as analyst: everything forced, then Auto after one change. */
export const revisionBench: Bench = {
  title: `cells a second of a forced revision with an analyst of 1 ms; Auto with one of ${definitions} definitions changed`,
  run: (options) =>
    withFolder(async (folder) => {
      const conversations = options.quick ? 100 : 10_000;
      const seeded = await seededIn(folder, { conversations, definitions, days, seed: options.seed });
      const repetitions = await repeat(seeded, options);
      return resultOf(repetitions, options.quick ? [] : await shares(seeded));
    }),
};

async function withHarmony<Result>(
  { folder, apiKey, projectIds }: SeededFolder,
  flags: readonly string[],
  use: (target: Target) => Promise<Result>,
): Promise<Result> {
  const environment = {
    ...{ HARMONY_DATA_DIR: folder, HARMONY_PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '1000000' },
  };
  const program = await startProgram({ file: programFile, flags, environment });
  try {
    const { url } = z.object({ url: z.url() }).parse(program.ready);
    const target = { url, apiKey, pid: program.pid, projectId: projectIds[0] ?? '' };
    const flag = 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }';
    await ask(target, flag, {}, z.unknown());
    await cancelUnderWay(target);
    return await use(target);
  } finally {
    await program.stop();
  }
}

function repeat(seeded: SeededFolder, { quick }: BenchOptions): Promise<Repetition[]> {
  return withHarmony(seeded, [], async (target) => {
    const repetitions: Repetition[] = [];
    for (let repetition = 0; repetition < (quick ? 1 : 3); repetition += 1) {
      const full = await runRevision(target, everything);
      await changeOneDefinition(target, `As in repetition ${repetition}.`);
      const changed = await runRevision(target, auto);
      assertSame('cells that Auto asks again', changed.asked, full.asked / full.definitions);
      assertSame('cells that Auto takes over', changed.reused, full.asked - changed.asked);
      repetitions.push({ full, auto: changed });
    }
    return repetitions;
  });
}

/** Where the main thread's time of a forced revision goes, in a run of its own, which a profile slows down. */
async function shares(seeded: SeededFolder): Promise<Figure[]> {
  const profiles = join(seeded.folder, 'profiles');
  await withHarmony(seeded, ['--cpu-prof', `--cpu-prof-dir=${profiles}`], (target) => runRevision(target, everything));
  return [...cpuShares(await readProfiles(profiles))].map(([stage, part]) => ({
    ...{ workload: 'everything, start of the process included', unit: '%', values: [part * 100] },
    what: `processor time of the main thread: ${stage}`,
  }));
}

function resultOf(repetitions: readonly Repetition[], profile: readonly Figure[]): BenchResult {
  const [{ full } = { full: { conversations: 0, asked: 0 } }] = repetitions;
  const workload = `${full.conversations} conversations, ${full.asked} cells`;
  const figure = (what: string, unit: string, of: (repetition: Repetition) => number): Figure => ({
    ...{ workload, what, unit, values: repetitions.map(of) },
  });
  return {
    comparisons: [],
    figures: [
      figure('everything asked again', 'cells/s', ({ full: { asked, seconds } }) => asked / seconds),
      figure('wall clock a cell', 'ms', ({ full: { asked, seconds } }) => (seconds * 1_000) / asked),
      figure('processor time of Node a cell', 'ms', (one) => (one.full.processorSeconds * 1_000) / one.full.asked),
      { ...figure('Auto with one definition changed, of everything', 'of the time', ratio), limit: autoLimit },
      ...profile,
    ],
    checks: [
      'every revision completes without a failure',
      'Auto asks the cells of the changed definition and takes all others over',
    ],
    facts: { ...{ definitions, days }, analyst: 'stub of 1 ms' },
  };
}

const ratio = ({ full, auto: changed }: Repetition): number => changed.seconds / full.seconds;
