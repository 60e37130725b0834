import { cells } from '../projections/cells.table.js';
import type { SqlPart } from './sql.js';

type WithPast = 'conversations' | 'scores' | 'projects' | 'definitions';

/** What a row held at a time that stands in a parameter, as an object of the columns that have changed since. */
const pastOf = (row: string, time: string): string => `
  case when ${row}.past = '[]' then '{}' else coalesce((select jsonb_object_agg(held.key, held.value order by entry.ordinality desc)
              from jsonb_array_elements(${row}.past) with ordinality as entry(value, ordinality),
                   jsonb_each(entry.value -> 'was') as held
             where (entry.value ->> 'until')::timestamptz > ${time}), '{}') end`;

/** The row itself, as it was at that time: to be joined lateral behind its table. It may not have been there yet. */
export const rowAsOf = (row: string, time: string): string => `jsonb_populate_record(${row}, ${pastOf(row, time)})`;

const bornAt = {
  conversations: 'created_at',
  scores: 'evaluated_at',
  projects: 'created_at',
  definitions: 'created_at',
};

/**
 * The rows of a table as they were at a time, to be read from like the table itself; the table for now.
 * @param asOf ISO 8601; null for now.
 */
export function tableAsOf(table: WithPast, asOf: string | null, firstParameter: number): SqlPart {
  if (asOf === null) return { sql: `reporting.${table}`, parameters: [] };
  const time = `$${firstParameter}::timestamptz`;
  const sql = `(select held.* from reporting.${table} kept cross join lateral ${rowAsOf('kept', time)} held
                 where held.${bornAt[table]} <= ${time})`;
  return { sql, parameters: [asOf] };
}

const known = ['conversation_id', 'run_id', 'definition_id', 'workspace_id', 'project_id'];
const sinceStart = new Set([...known, 'definition_version', 'started_at', 'changed_major', 'changed_minor']);

/** The same for results: one that was settled later was still pending. */
export function cellsAsOf(asOf: string | null, firstParameter: number): SqlPart {
  if (asOf === null) return { sql: 'reporting.cells', parameters: [] };
  const isSettled = `settled_at <= $${firstParameter}::timestamptz`;
  const columns = Object.keys(cells.columns).map((name) => {
    if (sinceStart.has(name)) return name;
    return `case when ${isSettled} then ${name} ${name === 'outcome' ? "else 'PENDING' " : ''}end as ${name}`;
  });
  const sql = `(select ${columns.join(', ')} from reporting.cells where started_at <= $${firstParameter}::timestamptz)`;
  return { sql, parameters: [asOf] };
}
