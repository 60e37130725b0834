import { HarmonyError, type HarmonyEvent } from '@harmony/contracts';
import { qualified } from '../database/identifiers.js';
import type { ProjectedTable, Row, RowFold } from '../port.js';
import { parseColumn, type Column } from './column.js';

/** A declared table, prepared for folding: where it stands and what is needed for each event and row. */
export interface CompiledTable {
  readonly name: string;
  /** Schema and name, quoted. */
  readonly target: string;
  readonly columns: readonly Column[];
  readonly key: readonly KeyColumn[];
  readonly on: Readonly<Record<string, RowFold<HarmonyEvent> | undefined>>;
}

export interface KeyColumn extends Column {
  readonly type: 'uuid' | 'text';
}

/** @throws HarmonyError INTERNAL for a declaration that cannot work. */
export function compileTable(table: ProjectedTable, schema: string): CompiledTable {
  const columns = Object.entries(table.columns).map(([name, ddl]) => parseColumn(name, ddl));
  return {
    name: table.name,
    target: qualified(schema, table.name),
    columns,
    key: table.key.map((name) => keyColumn(table, name)),
    // Each fold is only ever given events of the type it stands under.
    on: table.on as CompiledTable['on'],
  };
}

function keyColumn(table: ProjectedTable, name: string): KeyColumn {
  const ddl = table.columns[name] ?? '';
  const [, type] = /^\s*(uuid|text)\b(?!\[)/i.exec(ddl) ?? [];
  if (!type) {
    throw new HarmonyError('INTERNAL', {
      detail: `Key column ${name} of ${table.name} must be declared as uuid or text.`,
    });
  }
  return { ...parseColumn(name, `${ddl} not null`), type: type.toLowerCase() === 'uuid' ? 'uuid' : 'text' };
}

/**
 * The row as Postgres will give it back, what is not there as null.
 * @param previous the row before, whose values need no second look.
 */
export function canonicalRow(table: CompiledTable, row: Row, previous?: Row): Row {
  const canonical: Record<string, unknown> = {};
  for (const column of table.columns) {
    const value = row[column.name];
    const unchanged = previous !== undefined && value === previous[column.name];
    canonical[column.name] = unchanged ? value : column.canonical(value);
  }
  return canonical;
}
