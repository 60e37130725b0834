import { Parameters } from './parameters.js';
import type { Column } from '../columns/column.js';

/** What Postgres takes at most, less what the statement needs besides. */
export const maximumColumns = 1_600;

/** The conversations that are exported, as `selectionSql` gives them: a subquery and its parameters. */
export interface Selection {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Values as they were at that time: what settled or was evaluated later is not there yet. */
export interface Scene {
  readonly projectId: string;
  readonly asOf: Date;
}

const valueColumns = [
  ...['choice', 'number', 'amount', 'currency', 'is_discussed', 'parts', 'text', 'answer', 'failure_code'],
  ...['rationale', 'confidence', 'evidence', 'result_id'],
];

/** Cells of the scene, as a subquery: one that settled later is pending; one that was dropped is not there. */
export function cellsSql({ projectId, asOf }: Scene, parameters: Parameters): string {
  const time = `${parameters.add(asOf)}::timestamptz`;
  const values = valueColumns.map((column) => `case when settled_at <= ${time} then ${column} end as ${column}`);
  return `(select conversation_id, run_id, definition_id, definition_version, started_at,
      case when settled_at <= ${time} then outcome else 'PENDING' end as outcome,
      case when settled_at <= ${time} then settled_at end as settled_at, ${values.join(', ')}
    from reporting.cells
    where project_id = ${parameters.add(projectId)}::uuid and (outcome <> 'DROPPED' or settled_at > ${time}))`;
}

/** A column of a row with a `past`, as it was: what the oldest entry has that held longer than that. */
const asItWas = (column: string, time: string, type: string): string =>
  `case when past = '[]' then ${column} else coalesce((select (entry -> 'was' ->> '${column}')::${type}
     from jsonb_array_elements(past) with ordinality as earlier(entry, place)
    where (entry ->> 'until')::timestamptz > ${time} and entry -> 'was' ? '${column}'
    order by place limit 1), ${column}) end`;

/** Goals and scorecards of the scene. */
export function scoresSql({ projectId, asOf }: Scene, parameters: Parameters): string {
  const time = `${parameters.add(asOf)}::timestamptz`;
  return `(select conversation_id, run_id, ${asItWas('goals', time, 'jsonb')} as goals,
      ${asItWas('scorecards', time, 'jsonb')} as scorecards
    from reporting.scores
    where project_id = ${parameters.add(projectId)}::uuid and ${asItWas('evaluated_at', time, 'timestamptz')} <= ${time})`;
}

/** Names of the scene, by id. */
export const namesSql = ({ asOf }: Scene, parameters: Parameters): string =>
  `(select id, ${asItWas('name', `${parameters.add(asOf)}::timestamptz`, 'text')} as name from reporting.directory)`;

/** In the order of every export. */
export const ordered = 'order by selected.happened_at desc, selected.conversation_id';

export const copyCsv = (columns: readonly Column[], from: string): string =>
  `copy (select ${columns.map(({ sql }) => sql).join(',\n')} ${from} ${ordered}) to stdout (format csv)`;

/** Text without control characters, which JSON has none of, goes out as it is when those are what would be quoted. */
export const copyLines = (document: string, from: string): string =>
  `copy (select (${document})::text ${from} ${ordered}) to stdout (format csv, quote E'\\x01', delimiter E'\\x02')`;
