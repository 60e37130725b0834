import type { ClientBase } from 'pg';
import { quoted } from '../database/identifiers.js';
import type { Row } from '../port.js';
import type { CompiledTable } from './compiled-table.js';
import type { CachedRow, RowCache } from './row-cache.js';

const rowsPerStatement = 5_000;

const keyColumns = (table: CompiledTable): string => table.key.map(({ name }) => quoted(name)).join(', ');

/** One set of parameters for a table's keys: an array a key column, and how SQL turns them into rows `k`. */
function keyRows(table: CompiledTable, keys: readonly (readonly string[])[]): { sql: string; parameters: string[][] } {
  const arrays = table.key.map(({ type }, index) => `$${index + 1}::${type}[]`);
  const parameters = table.key.map((_, index) => keys.map((key) => key[index] ?? ''));
  return { sql: `unnest(${arrays.join(', ')}) as k (${keyColumns(table)})`, parameters };
}

/** Loads rows into the cache, in one statement. */
export async function loadRows(client: ClientBase, cache: RowCache, wanted: readonly CachedRow[]): Promise<void> {
  const { table } = cache;
  const { sql, parameters } = keyRows(
    table,
    wanted.map(({ key }) => key),
  );
  // As JSON, since a number that the driver gives as text would look unlike the one that a fold left in memory.
  const { rows } = await client.query<{ row: Row }>(
    `select row_to_json(t) as row from ${sql} join ${table.target} t using (${keyColumns(table)})`,
    parameters,
  );
  for (const { row } of rows) {
    const key = table.key.map(({ name }) => String(row[name]));
    cache.remember(key, row);
  }
}

/** Writes what changed: one upsert and one delete a table. */
export async function writeChanges(client: ClientBase, cache: RowCache): Promise<void> {
  const changes = cache.changes();
  const kept = changes.flatMap(({ row }) => (row ? [row] : []));
  for (let start = 0; start < kept.length; start += rowsPerStatement) {
    await upsert(client, cache.table, kept.slice(start, start + rowsPerStatement));
  }
  await remove(
    client,
    cache.table,
    changes.filter(({ row }) => !row),
  );
}

async function upsert(client: ClientBase, table: CompiledTable, rows: readonly Row[]): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name));
  const values = table.columns.filter(({ name }) => !table.key.some((key) => key.name === name));
  const assignments = values.map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
  const onConflict = assignments.length > 0 ? `update set ${assignments.join(', ')}` : 'nothing';
  await client.query(
    `insert into ${table.target} (${columns.join(', ')})
     select ${columns.join(', ')} from json_populate_recordset(null::${table.target}, $1)
     on conflict (${keyColumns(table)}) do ${onConflict}`,
    [JSON.stringify(rows)],
  );
}

async function remove(client: ClientBase, table: CompiledTable, removed: readonly CachedRow[]): Promise<void> {
  if (removed.length === 0) return;
  const { sql, parameters } = keyRows(
    table,
    removed.map(({ key }) => key),
  );
  const matches = table.key.map(({ name }) => `t.${quoted(name)} = k.${quoted(name)}`).join(' and ');
  await client.query(`delete from ${table.target} t using ${sql} where ${matches}`, parameters);
}
