import { formatPosition, type LogPosition } from '@harmony/event-store';
import type { ClientBase } from 'pg';
import { transactionOn } from '../database/transaction.js';
import type { Database } from '../database/open-database.js';
import { compileTable, type CompiledTable } from '../fold/compiled-table.js';
import { schemaOf } from '../migrations/projection-tables.js';
import { readCheckpoint } from '../projector/checkpoint.js';
import type { ReplayRecord } from '../replay/replay-progress.js';
import type { Shadow } from '../replay/shadow.js';
import { differencesOf, type RowDifference } from './differences.js';
import { differingBuckets, digestsOf, rowsIn } from './digests.js';

/** What came out of a comparison of the live tables with replayed ones, both at the same position. */
export interface Comparison {
  readonly position: LogPosition;
  /** Rows compared, in the live tables. */
  readonly rows: number;
  readonly buckets: number;
  readonly differences: number;
  /** The first ones, by name. */
  readonly examples: readonly RowDifference[];
}

const maximumExamples = 100;

/**
 * Brings the shadow to where the live tables are, and compares. One snapshot shows the live rows and their checkpoint
 * as one commit left them, so nobody has to stop meanwhile.
 */
export async function compareWithLive(shadow: Shadow, record: ReplayRecord, database: Database): Promise<Comparison> {
  const { name } = shadow.projection;
  await shadow.catchUp((await readCheckpoint(database.worker, name)).position);
  const client = await database.connectReader();
  try {
    return await transactionOn(client, async () => {
      await client.query('set transaction isolation level repeatable read, read only');
      const { position } = await readCheckpoint(client, name);
      await shadow.catchUp(position);
      await record.enter('comparing');
      return compare(client, shadow, position);
    });
  } finally {
    await client.end();
  }
}

async function compare(live: ClientBase, shadow: Shadow, position: LogPosition): Promise<Comparison> {
  let [rows, buckets] = [0, 0];
  const differences: RowDifference[] = [];
  const schema = schemaOf(shadow.projection);
  for (const [index, table] of shadow.projection.tables.entries()) {
    const fresh = shadow.tables[index];
    if (!fresh) throw new Error(`The shadow at ${formatPosition(position)} lacks ${table.name}.`);
    const liveTable = compileTable(table, schema);
    const digests = await digestsOf(live, liveTable);
    const differing = differingBuckets(digests, await digestsOf(shadow.client, fresh));
    rows += digests.reduce((sum, digest) => sum + digest.rows, 0);
    buckets += digests.length;
    differences.push(...(await describe(live, shadow.client, liveTable, fresh, differing)));
  }
  return {
    position,
    rows,
    buckets,
    differences: differences.length,
    examples: differences.slice(0, maximumExamples),
  };
}

async function describe(
  live: ClientBase,
  shadow: ClientBase,
  liveTable: CompiledTable,
  fresh: CompiledTable,
  buckets: readonly number[],
): Promise<RowDifference[]> {
  const differences: RowDifference[] = [];
  const key = liveTable.key.map(({ name }) => name);
  // One at a time, so that two entirely different tables do not have to fit into memory.
  for (const bucket of buckets) {
    const rows = await rowsIn(live, liveTable, [bucket]);
    differences.push(...differencesOf(liveTable.name, key, rows, await rowsIn(shadow, fresh, [bucket])));
  }
  return differences;
}
