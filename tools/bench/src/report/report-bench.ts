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
    const filters = filtersOf(facts);
    const result = { comparisons: [], figures: [coldFigure(cold)] as Figure[], checks: [] as string[] };
    const comparisons = [];
    for (const [name, nextFilter] of Object.entries(filters)) {
      const { latencies, ...rates } = await measure({ gateway, pool, seeded, nextFilter, quick });
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

/**
 * What the readers of each workload ask for next. A report that was just counted is not counted again, so all but the
 * first one ask for other days each time.
 */
function filtersOf({ filter, from, to }: Facts): Record<string, () => ReportFilter> {
  let asked = 0;
  const later = (time: Date): string => new Date(time.getTime() + (asked += 1) * 60_000).toISOString();
  return {
    'no filter, the same report': () => ({}),
    'nine days of ten, other days each time': () => ({ from: later(from) }),
    'four filters, other days each time': () => ({ ...filter, to: later(to) }),
  };
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
  readonly nextFilter: () => ReportFilter;
  readonly quick: boolean;
}

async function measure({ gateway, pool, seeded, nextFilter, quick }: Measured) {
  const ask = (filter: ReportFilter) =>
    handWritten(pool, { workspaceId: seeded.workspaceId, projectId: gateway.projectId, filter });
  const filter = nextFilter();
  const answered = (counts: Map<string, number>): unknown => [...counts].filter(([, count]) => count > 0).sort();
  const [ours, theirs] = [answeredIn(await askReport(gateway, filter)), await ask(filter)];
  const shown = new Map([...theirs].filter(([id]) => ours.has(id)));
  assertSame('answers by definition', answered(ours), answered(shown));
  const latencies: number[][] = [];
  const rates = await interleave(
    {
      ourRates: async () => {
        const run = await concurrently(() => askReport(gateway, nextFilter()), quick ? 1 : 10);
        latencies.push(run.latencies);
        return run.rate;
      },
      peerRates: async () => (await concurrently(() => ask(nextFilter()), quick ? 1 : 10)).rate,
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
  /** One that leaves something. */
  readonly filter: ReportFilter;
  /** A tenth of the conversations are older. */
  readonly from: Date;
  /** The end of the filter. */
  readonly to: Date;
}

/** Of the filter: the most frequent tag of a third of the time. */
async function factsOf(pool: pg.Pool, { workspaceId }: SeededFolder): Promise<Facts> {
  await pool.query('analyze reporting.conversations, reporting.runs, reporting.cells, reporting.scores');
  const { rows } = await pool.query<{
    conversations: number;
    cells: number;
    tag: string;
    first: Date;
    from: Date;
    to: Date;
  }>(
    `select (select count(*)::int from reporting.conversations where workspace_id = $1 and not is_deleted) as conversations,
            (select count(*)::int from reporting.cells where workspace_id = $1) as cells,
            (select tag from reporting.conversations, unnest(tags) tag where workspace_id = $1
              group by tag order by count(*) desc, tag limit 1) as tag,
            percentile_disc(0.1) within group (order by happened_at) as first,
            percentile_disc(0.4) within group (order by happened_at) as "from",
            percentile_disc(0.75) within group (order by happened_at) as "to"
       from reporting.conversations where workspace_id = $1 and not is_deleted`,
    [workspaceId],
  );
  const [found] = rows;
  if (!found) throw new WrongResult('Nothing was seeded.');
  const { conversations, cells, tag, first, from, to } = found;
  const filter = { from: from.toISOString(), to: to.toISOString(), tags: [tag], statuses: ['COMPLETED'] };
  return { conversations, cells, filter, from: first, to };
}
