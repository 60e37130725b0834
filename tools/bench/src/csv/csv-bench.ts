import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { assertSame, type Bench, type BenchOptions, type BenchResult } from '../harness/bench.js';
import { startHarmony, withFolder, type RunningHarmony } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres, type BenchDatabase } from '../harness/postgres.js';
import { growthWhile } from '../harness/resident-memory.js';
import { copyRate } from './copy-side.js';
import { download, exportRate, type Exported } from './export-side.js';
import { fill } from './fill.js';

const target = 0.65;
const maximumGrowthMiB = 64;

/** The whole way of a large file: asked for over HTTP, written by a job, stored with its checksum. */
export const csvBench: Bench = {
  title: 'rows per second of a CSV of a report, against COPY of the same columns by hand, and memory',
  run: (options) => withPostgres(4, (database) => withFolder((folder) => run(database, folder, options))),
};

async function run(database: BenchDatabase, folder: string, options: BenchOptions): Promise<BenchResult> {
  const harmony = await startHarmony(folder, { DATABASE_URL: database.server.url });
  try {
    return await measure(database, folder, harmony, options);
  } finally {
    await harmony.stop();
  }
}

async function measure(
  { pool, version }: BenchDatabase,
  folder: string,
  harmony: RunningHarmony,
  { quick }: BenchOptions,
): Promise<BenchResult> {
  const conversations = quick ? 10_000 : 1_000_000;
  await demoDone(pool);
  const project = await fill(pool, conversations);
  const byHand = join(folder, 'by-hand.csv');
  const { rate: _, made: first } = await exportRate(harmony, project.id);
  const rows = first.rowCount ?? 0;
  const growth: number[] = [];
  let made: Exported = first;
  const rates = await interleave(
    {
      ours: async () => {
        const { result, grewMiB } = await growthWhile(harmony.pid, () => exportRate(harmony, project.id));
        growth.push(grewMiB ?? Number.NaN);
        ({ made } = result);
        return result.rate;
      },
      copy: () => copyRate(pool, project, byHand, rows),
    },
    quick ? 1 : 3,
  );
  const file = join(folder, 'export.csv');
  await download(harmony, made, file);
  assertSame('the rows of the export', await digestOf(file, true), await digestOf(byHand, false));
  return {
    comparisons: [
      {
        workload: `${rows} rows`,
        ...{ ours: 'POST /v1/exports until COMPLETED', peer: 'COPY by hand to a file', unit: 'rows/s', target },
        ...{ ourRates: rates.ours, peerRates: rates.copy },
      },
    ],
    figures: [
      { workload: `${rows} rows`, what: 'growth of memory', unit: 'MiB', values: growth, limit: maximumGrowthMiB },
    ],
    checks: ['but for the header, line ends and the apostrophes before formulas, both files are equal'],
    facts: { postgres: version, definitions: project.definitions.length },
  };
}

/** The samples of the demo are answered, so that nothing changes any more. */
async function demoDone(pool: BenchDatabase['pool']): Promise<void> {
  const sql = `select from reporting.runs where completed_at is null union all
    select from reporting.conversations where status not in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED')`;
  for (;;) {
    const { rowCount } = await pool.query(sql);
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from reporting.cells');
    if (rowCount === 0 && (rows[0]?.count ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Lines, whatever ends them. */
async function digestOf(file: string, isExport: boolean): Promise<string> {
  const hash = createHash('sha256');
  let isHeader = isExport;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!isHeader) hash.update(isExport ? line.replaceAll(/(^|,|")'=/g, '$1=') : line).update('\n');
    isHeader = false;
  }
  return hash.digest('hex');
}
