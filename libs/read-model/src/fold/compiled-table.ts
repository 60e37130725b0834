import type { HarmonyEvent } from '@harmony/contracts';
import { qualified } from '../database/identifiers.js';
import type { ProjectedTable, Row, RowFold } from '../port.js';

/** What a column's Postgres type means for how its values look in memory and in a load. */
export type ColumnKind = 'uuid' | 'instant' | 'json' | 'array' | 'plain';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A declared table, prepared for folding: where it stands and what is needed for each event and row. */
export interface CompiledTable {
  readonly name: string;
  /** Schema and name, quoted. */
  readonly target: string;
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  readonly on: Readonly<Record<string, RowFold<HarmonyEvent> | undefined>>;
}

export function compileTable(table: ProjectedTable, schema: string): CompiledTable {
  const columns = Object.entries(table.columns).map(([name, type]) => ({ name, kind: kindOf(type) }));
  return {
    name: table.name,
    target: qualified(schema, table.name),
    columns,
    key: table.key.map((name) => columns.find((column) => column.name === name) ?? { name, kind: 'plain' }),
    // Each fold is only ever given events of the type it stands under.
    on: table.on as CompiledTable['on'],
  };
}

export function kindOf(type: string): ColumnKind {
  const declared = type.trim().toLowerCase();
  if (/^[^']*?\[\]/.test(declared)) return 'array';
  if (/^uuid\b/.test(declared)) return 'uuid';
  if (/^jsonb?\b/.test(declared)) return 'json';
  return /^(timestamptz\b|timestamp\s*(\(\d\))?\s*with time zone)/.test(declared) ? 'instant' : 'plain';
}

/**
 * The row as Postgres will give it back, so that a fold sees the same values whether the row was loaded or is still in
 * memory: ids in lower case, instants as ISO 8601 in UTC with milliseconds, what is not there as null.
 */
export function canonicalRow(table: CompiledTable, row: Row): Row {
  const canonical: Record<string, unknown> = {};
  for (const { name, kind } of table.columns) canonical[name] = canonicalValue(kind, row[name]);
  return canonical;
}

/** The key as Postgres will give it back. */
export const canonicalKey = (table: CompiledTable, key: readonly string[]): readonly string[] =>
  key.map((value, index) => (table.key[index]?.kind === 'uuid' ? value.toLowerCase() : value));

function canonicalValue(kind: ColumnKind, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (kind === 'uuid' && typeof value === 'string') return value.toLowerCase();
  if (kind === 'instant') return canonicalInstant(value);
  return value;
}

function canonicalInstant(value: unknown): unknown {
  if (typeof value === 'string' && value.length === 24 && value.endsWith('Z')) return value;
  const date = value instanceof Date ? value : new Date(String(value));
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}
