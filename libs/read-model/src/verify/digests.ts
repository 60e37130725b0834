import type { ClientBase } from 'pg';
import { quoted } from '../database/identifiers.js';
import type { CompiledTable } from '../fold/compiled-table.js';

const buckets = 256;

/** One bucket of one table: how many rows, and a sum over the hashes of all of them. */
export interface Digest {
  readonly bucket: number;
  readonly rows: number;
  readonly digest: string;
}

const keyText = (table: CompiledTable): string =>
  `concat_ws(chr(31), ${table.key.map(({ name }) => `t.${quoted(name)}`).join(', ')})`;

const bucketOf = (table: CompiledTable): string => `(hashtextextended(${keyText(table)}, 0) & ${buckets - 1})::int`;

export async function digestsOf(client: ClientBase, table: CompiledTable): Promise<Digest[]> {
  const columns = table.columns.map(({ name }) => `t.${quoted(name)}`).join(', ');
  const { rows } = await client.query<Digest>(
    `select ${bucketOf(table)} as bucket, count(*)::int as rows,
            sum(hashtextextended(row(${columns})::text, 0))::text as digest
       from ${table.target} t group by 1`,
  );
  return rows;
}

/** The rows of some buckets, as JSON, by the text of their key. */
export async function rowsIn(
  client: ClientBase,
  table: CompiledTable,
  wanted: readonly number[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const { rows } = await client.query<{ key: string; row: Readonly<Record<string, unknown>> }>(
    `select ${keyText(table)} as key, to_jsonb(t) as row from ${table.target} t where ${bucketOf(table)} = any($1)`,
    [wanted],
  );
  return new Map(rows.map(({ key, row }) => [key, row]));
}

/** The buckets that are not the same on both sides. */
export function differingBuckets(live: readonly Digest[], fresh: readonly Digest[]): number[] {
  const text = ({ rows, digest }: Digest): string => `${rows} ${digest}`;
  const other = new Map(fresh.map((digest) => [digest.bucket, text(digest)]));
  const differing = live.filter((digest) => other.get(digest.bucket) !== text(digest)).map(({ bucket }) => bucket);
  const known = new Set(live.map(({ bucket }) => bucket));
  return [...differing, ...fresh.filter(({ bucket }) => !known.has(bucket)).map(({ bucket }) => bucket)];
}
