import { isDeepStrictEqual } from 'node:util';

/** One row that is not the same in the live table and in the replayed one. */
export interface RowDifference {
  readonly table: string;
  /** Values of the key columns. */
  readonly key: Readonly<Record<string, unknown>>;
  /** `missing`: the live table lacks it; `surplus`: only the live table has it. */
  readonly kind: 'missing' | 'surplus' | 'changed';
  /** Names of the fields that differ, in a changed row. Their values may be somebody's words and stay where they are. */
  readonly fields: readonly string[];
}

type Rows = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Every difference between two sets of rows, by key. */
export function differencesOf(table: string, keyColumns: readonly string[], live: Rows, fresh: Rows): RowDifference[] {
  const keyOf = (row: Readonly<Record<string, unknown>>): RowDifference['key'] =>
    Object.fromEntries(keyColumns.map((name) => [name, row[name]]));
  const differences: RowDifference[] = [];
  for (const [key, row] of live) {
    const other = fresh.get(key);
    const fields = other ? Object.keys(other).filter((name) => !isDeepStrictEqual(row[name], other[name])) : [];
    if (!other) differences.push({ table, key: keyOf(row), kind: 'surplus', fields });
    else if (fields.length > 0) differences.push({ table, key: keyOf(row), kind: 'changed', fields });
  }
  for (const [key, row] of fresh) {
    if (!live.has(key)) differences.push({ table, key: keyOf(row), kind: 'missing', fields: [] });
  }
  return differences;
}
