import { HarmonyError } from '@harmony/contracts';
import type { Column, ExportedField, ExportedProject } from '../columns/column.js';
import { csvHeader } from '../format/csv-header.js';
import type { Parameters, SqlPart } from '../../read-model/sql.js';
import type { LineEnd } from './copy-stream.js';
import { inlined } from './inlined.js';

/** Everything that a file is made of. */
export interface ExportSource {
  readonly project: ExportedProject;
  readonly fields: readonly ExportedField[];
  /** The conversations as `selectionSql` gives them, with parameters from the number given. */
  readonly selection: (firstParameter: number) => SqlPart;
  /** Everything is as it was then: ISO 8601; null for now. */
  readonly asOf: string | null;
  /** Address of conversations, to which their id is added. */
  readonly link: string;
}

/** The statement that gives a file, and what stands before its first row. */
export interface ExportStatement {
  readonly header: string;
  readonly sql: string;
  readonly lineEnd: LineEnd;
}

/** What Postgres takes at most, less what the statement needs besides. */
const maximumColumns = 1_600;

const ordered = 'order by selected.happened_at desc, selected.conversation_id';

/** @throws HarmonyError INVALID_INPUT for more columns than a statement can have */
export function csvStatement(
  columns: readonly Column[],
  from: string,
  { values }: Parameters,
  order = ordered,
): ExportStatement {
  if (columns.length > maximumColumns)
    throw new HarmonyError('INVALID_INPUT', {
      detail: `The file would have ${columns.length} columns, and a CSV takes ${maximumColumns}. Export the definitions one by one, or JSONL.`,
    });
  const list = columns.map(({ sql }) => sql).join(',\n');
  return {
    header: csvHeader(columns.map(({ header }) => header)),
    sql: inlined(`copy (select ${list} ${from} ${order}) to stdout (format csv)`, values),
    lineEnd: '\r\n',
  };
}

/** One document a line. JSON has no control characters, so nothing is quoted where those are the quotes. */
export const linesStatement = (
  document: string,
  from: string,
  { values }: Parameters,
  order = ordered,
): ExportStatement => ({
  header: '',
  sql: inlined(
    `copy (select (${document})::text ${from} ${order}) to stdout (format csv, quote E'\\x01', delimiter E'\\x02')`,
    values,
  ),
  lineEnd: '\n',
});
