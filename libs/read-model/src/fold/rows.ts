import type { ClientBase } from 'pg';
import { quoted } from '../database/identifiers.js';
import { runTogether, type Statement } from '../database/run-together.js';
import type { Row, RowCopy } from '../port.js';
import type { CompiledTable } from './compiled-table.js';
import type { CachedRow, RowCache } from './row-cache.js';

const rowsPerStatement = 5_000;

const keyColumns = (table: CompiledTable): string => table.key.map(({ name }) => quoted(name)).join(', ');

/** One set of parameters for a table's keys: an array a key column, and how SQL turns them into rows `k`, numbered as `#`. */
function keyRows(table: CompiledTable, keys: readonly (readonly string[])[]): { sql: string; values: string[] } {
  const arrays = table.key.map(({ type }, index) => `$${index + 1}::${type}[]`);
  const values = table.key.map((_, index) => textArray(keys.map((key) => key[index] ?? '')));
  return { sql: `unnest(${arrays.join(', ')}) with ordinality as k (${keyColumns(table)}, "#")`, values };
}

/** Postgres's text form of an array. */
const textArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Rows of one table that a cache knows nothing of yet. */
export interface WantedRows {
  readonly cache: RowCache;
  readonly rows: readonly CachedRow[];
}

/** Loads rows into their caches, in one round trip that also runs what comes `before`. */
export async function loadRows(
  client: ClientBase,
  wanted: readonly WantedRows[],
  before: readonly Statement[] = [],
): Promise<void> {
  const outcomes = await runTogether(client, [...before, ...wanted.map(loadStatement)]);
  for (const [index, { cache }] of wanted.entries()) {
    for (const [text] of outcomes[before.length + index]?.rows ?? []) {
      const row = JSON.parse(text ?? '') as Row;
      const key = cache.table.key.map(({ name }) => String(row[name]));
      cache.remember(key, row);
    }
  }
}

/**
 * Each row by its key: looked up one by one, since a plan that is kept must suit a table that was empty when it was made.
 * As JSON, since a number that the driver gives as text would look unlike the one that a fold left in memory.
 */
function loadStatement({ cache: { table }, rows }: WantedRows): Statement {
  const { sql, values } = keyRows(
    table,
    rows.map(({ key }) => key),
  );
  const one = `select row_to_json(t) as row from ${table.target} t where ${onKeys(table)} limit 1`;
  return { text: `select row from ${sql} cross join lateral (${one}) found`, values, prepare: true };
}

/** Write what changed: one upsert, one delete and one copy a table. */
export function writeStatements(cache: RowCache): Statement[] {
  const changes = cache.changes();
  const kept = changes.flatMap(({ row }) => (row ? [row] : []));
  const statements: Statement[] = [];
  for (let start = 0; start < kept.length; start += rowsPerStatement) {
    statements.push(upsert(cache.table, kept.slice(start, start + rowsPerStatement)));
  }
  const removed = changes.filter(({ row }) => !row);
  if (removed.length > 0) statements.push(remove(cache.table, removed));
  if (cache.copies.length > 0) statements.push(copy(cache.table, cache.copies));
  return statements;
}

function upsert(table: CompiledTable, rows: readonly Row[]): Statement {
  const columns = allColumns(table);
  const text = `insert into ${table.target} (${columns.join(', ')})
     select ${columns.join(', ')} from json_populate_recordset(null::${table.target}, $1) ${orReplace(table)}`;
  return { text, values: [JSON.stringify(rows)], prepare: true };
}

/** Planned each time: how depends on how many rows the table has by now. */
function copy(table: CompiledTable, copies: readonly RowCopy[]): Statement {
  const { sql, values } = keyRows(
    table,
    copies.map(({ from }) => from),
  );
  const changed = new Set(copies.flatMap(({ changes }) => Object.keys(changes).map(quoted)));
  const columns = allColumns(table);
  const text = `insert into ${table.target} (${columns.join(', ')})
     select ${columns.map((column) => `${changed.has(column) ? 'given' : 't'}.${column}`).join(', ')}
       from ${sql}
       join json_populate_recordset(null::${table.target}, $${values.length + 1}) with ordinality given on given.ordinality = k."#"
       join ${table.target} t on ${onKeys(table)} ${orReplace(table)}`;
  return { text, values: [...values, JSON.stringify(copies.map(({ changes }) => changes))] };
}

const allColumns = (table: CompiledTable): string[] => table.columns.map(({ name }) => quoted(name));

const onKeys = (table: CompiledTable): string =>
  table.key.map(({ name }) => `t.${quoted(name)} = k.${quoted(name)}`).join(' and ');

function orReplace(table: CompiledTable): string {
  const values = table.columns.filter(({ name }) => !table.key.some((key) => key.name === name));
  const assignments = values.map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
  const action = assignments.length > 0 ? `update set ${assignments.join(', ')}` : 'nothing';
  return `on conflict (${keyColumns(table)}) do ${action}`;
}

function remove(table: CompiledTable, removed: readonly CachedRow[]): Statement {
  const { sql, values } = keyRows(
    table,
    removed.map(({ key }) => key),
  );
  return { text: `delete from ${table.target} t using ${sql} where ${onKeys(table)}`, values };
}
