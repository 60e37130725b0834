import { runningEmbeddedPostgres } from '@harmony/embedded-postgres';
import pg from 'pg';
import {
  assertSame,
  WrongResult,
  type Bench,
  type BenchOptions,
  type BenchResult,
  type Figure,
} from '../harness/bench.js';
import { startHarmony } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { percentile } from '../harness/statistics.js';
import { answeredIn, askReport, type Gateway } from './ask-report.js';
import { handWritten, type ReportFilter } from './hand-written.js';
import { withSeeded, type SeededFolder } from './seeded.js';

const readers = 8;
const definitions = 10;
const days = 180;
const limitMs = 300;
/** Of the time that hand-written SQL takes; a rate of at least its reciprocal. */
const target = 1 / 1.5;

/** The whole report over GraphQL, cold and warm, beside SQL for the same figures on the same tables. */
export const reportBench: Bench = {
  title: `whole reports of ${definitions} definitions to ${readers} readers at once, cold and warm, against hand-written SQL`,
  run: (options) => {
    const conversations = options.quick ? 500 : 100_000;
    return withSeeded({ conversations, definitions, days, seed: options.seed }, (seeded) => run(seeded, options));
  },
};

async function run(seeded: SeededFolder, { quick }: BenchOptions): Promise<BenchResult> {
  const cold: number[] = [];
  for (let start = 0; start < (quick ? 1 : 3); start += 1) cold.push(await coldReport(seeded));
  return withHarmony(seeded, async (gateway, pool) => {
    const facts = await factsOf(pool, seeded);
    const filters = { 'no filter': {}, 'four filters': facts.filter } satisfies Record<string, ReportFilter>;
    const result = { comparisons: [], figures: [coldFigure(cold)] as Figure[], checks: [] as string[] };
    const comparisons = [];
    for (const [name, filter] of Object.entries(filters)) {
      const { latencies, ...rates } = await measure({ gateway, pool, seeded, filter, quick });
      const shared = { workload: `${name}, ${readers} readers`, unit: 'ms' };
      result.figures.push(
        { ...shared, what: 'p50', values: latencies.map((values) => percentile(values, 50)) },
        { ...shared, what: 'p95', values: latencies.map((values) => percentile(values, 95)), limit: limitMs },
      );
      comparisons.push({
        ...{ workload: shared.workload, ours: 'projectReport', peer: 'SQL', unit: 'reports/s' },
        ...{ ...rates, target },
      });
    }
    return {
      ...{ ...result, comparisons },
      checks: ['every definition has as many answers in the report as in SQL, with and without filters'],
      facts: { conversations: facts.conversations, cells: facts.cells, definitions, days },
    };
  });
}

const coldFigure = (values: readonly number[]): Figure => ({
  ...{ workload: 'first report of a new process', what: 'latency', unit: 'ms', values },
});

/** From the request to the answer, of a process that has not read anything yet. */
async function coldReport(seeded: SeededFolder): Promise<number> {
  return withHarmony(seeded, async (gateway) => {
    const start = performance.now();
    await askReport(gateway, {});
    return performance.now() - start;
  });
}

interface Measured {
  readonly gateway: Gateway;
  readonly pool: pg.Pool;
  readonly seeded: SeededFolder;
  readonly filter: ReportFilter;
  readonly quick: boolean;
}

async function measure({ gateway, pool, seeded, filter, quick }: Measured) {
  const asked = { workspaceId: seeded.workspaceId, projectId: gateway.projectId, filter };
  const answered = (counts: Map<string, number>): unknown => [...counts].filter(([, count]) => count > 0).sort();
  const [ours, theirs] = [answeredIn(await askReport(gateway, filter)), await handWritten(pool, asked)];
  const shown = new Map([...theirs].filter(([id]) => ours.has(id)));
  assertSame('answers by definition', answered(ours), answered(shown));
  const latencies: number[][] = [];
  const rates = await interleave(
    {
      ourRates: async () => {
        const run = await concurrently(() => askReport(gateway, filter), quick ? 1 : 20);
        latencies.push(run.latencies);
        return run.rate;
      },
      peerRates: async () => (await concurrently(() => handWritten(pool, asked), quick ? 1 : 20)).rate,
    },
    quick ? 1 : 3,
  );
  return { ...rates, latencies: latencies.slice(1) };
}

/** Each reader asks again as soon as it has its answer. */
async function concurrently(
  ask: () => Promise<unknown>,
  seconds: number,
): Promise<{ rate: number; latencies: number[] }> {
  const began = performance.now();
  const latencies: number[] = [];
  const isOver = (): boolean => performance.now() - began > seconds * 1_000;
  const reader = async (): Promise<void> => {
    do {
      const start = performance.now();
      await ask();
      latencies.push(performance.now() - start);
    } while (!isOver());
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return { rate: latencies.length / ((performance.now() - began) / 1_000), latencies };
}

async function withHarmony<Result>(
  { folder, apiKey, projectIds: [projectId = ''] }: SeededFolder,
  use: (gateway: Gateway, pool: pg.Pool) => Promise<Result>,
): Promise<Result> {
  const harmony = await startHarmony(folder);
  try {
    const connectionString = await runningEmbeddedPostgres(folder);
    if (connectionString === undefined) throw new WrongResult('There is no Postgres beside Harmony.');
    const options = '-c work_mem=64MB -c jit=off';
    const pool = new pg.Pool({ connectionString, max: readers, options });
    try {
      return await use({ url: harmony.url, apiKey, projectId }, pool);
    } finally {
      await pool.end();
    }
  } finally {
    await harmony.stop();
  }
}

interface Facts {
  readonly conversations: number;
  readonly cells: number;
  readonly filter: ReportFilter;
}

/** The most frequent tag of a third of the time, so that a filter leaves something. */
async function factsOf(pool: pg.Pool, { workspaceId }: SeededFolder): Promise<Facts> {
  await pool.query('analyze reporting.conversations, reporting.runs, reporting.cells, reporting.scores');
  const { rows } = await pool.query<{ conversations: number; cells: number; tag: string; from: Date; to: Date }>(
    `select (select count(*)::int from reporting.conversations where workspace_id = $1 and not is_deleted) as conversations,
            (select count(*)::int from reporting.cells where workspace_id = $1) as cells,
            (select tag from reporting.conversations, unnest(tags) tag where workspace_id = $1
              group by tag order by count(*) desc, tag limit 1) as tag,
            percentile_disc(0.4) within group (order by happened_at) as "from",
            percentile_disc(0.75) within group (order by happened_at) as "to"
       from reporting.conversations where workspace_id = $1 and not is_deleted`,
    [workspaceId],
  );
  const [found] = rows;
  if (!found) throw new WrongResult('Nothing was seeded.');
  const { conversations, cells, tag, from, to } = found;
  const filter = { from: from.toISOString(), to: to.toISOString(), tags: [tag], statuses: ['COMPLETED'] };
  return { conversations, cells, filter };
}
