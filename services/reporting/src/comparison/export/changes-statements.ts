import type { Principal } from '@harmony/access';
import type { Column } from '../../exports/columns/column.js';
import { instantSql } from '../../exports/columns/conversation-columns.js';
import { spreadsheetTextSql } from '../../exports/format/spreadsheet-text.js';
import { csvStatement, linesStatement, type ExportStatement } from '../../exports/query/statement.js';
import { Parameters, type SqlPart } from '../../read-model/sql.js';
import type { ReviewedRevision } from '../reviewed-revisions.js';
import { changesSql } from '../sql/changes.js';

export interface ChangesSource {
  readonly principal: Principal;
  readonly revision: ReviewedRevision;
  /** Address of conversations, to which their id is added. */
  readonly link: string;
}

/** What is another one, or on one side only: the rows of the file. */
export function changesSelection({ principal, revision }: ChangesSource, firstParameter: number): SqlPart {
  const { sql, parameters } = changesSql(principal, revision, firstParameter);
  return { sql: `select * from (${sql}) every where kind in ('CHANGED', 'ADDED', 'REMOVED')`, parameters };
}

/** Newest first, in the order of the report. */
const order = 'order by selected.happened_at desc, selected.conversation_id, definition.place';

const sides = ['before', 'after'] as const;
type Side = (typeof sides)[number];

function tables(source: ChangesSource, parameters: Parameters): string {
  const { revision } = source;
  const definitions = revision.definitions.map(({ id, title, type }) => ({ id, title, type }));
  const changes = parameters.include((first) => changesSelection(source, first));
  const cell = (side: Side): string => `
    left join reporting.cells ${side} on ${side}.conversation_id = change.conversation_id
          and ${side}.run_id = change.${side}_run and ${side}.definition_id = change.definition_id
          and ${side}.outcome <> 'DROPPED'`;
  return `from (${changes}) change
    join reporting.conversations selected on selected.conversation_id = change.conversation_id
    join (select (item ->> 'id')::uuid as id, item ->> 'title' as title, item ->> 'type' as type, place
            from jsonb_array_elements(${parameters.add(JSON.stringify(definitions))}::jsonb) with ordinality as list(item, place)
         ) definition on definition.id = change.definition_id
    ${sides.map(cell).join('')}
    left join reporting.directory team on team.id = selected.team_id
    left join reporting.directory owner on owner.id = selected.owner_id`;
}

/** Types whose answers say more than their columns hold; a change of the rest has to be seen, too. */
const wholeAnswers = `('SUMMARY', 'COMPETITORS', 'SPIN_IMPROVEMENT')`;

/** An answer in one cell, whatever its type: numbers stay numbers. */
const valueSql = (side: Side): string => `case
    when definition.type in ${wholeAnswers} then ${spreadsheetTextSql(`${side}.answer::text`)}
    when ${side}.is_discussed is not null then ${spreadsheetTextSql(discountSql(side))}
    when ${side}.choice is not null then ${spreadsheetTextSql(`${side}.choice`)}
    when ${side}.text is not null then ${spreadsheetTextSql(`${side}.text`)}
    when ${side}.parts is not null then ${side}.parts::text
    else ${side}.number::text end`;

const discountSql = (side: Side): string => `concat_ws(', ', case when ${side}.is_discussed then 'YES' else 'NO' end,
    ${side}.number || ' %', ${side}.amount || ' ' || ${side}.currency)`;

const outcomeSql = (side: Side): string =>
  `case when ${side}.outcome = 'FAILED' then 'FAILED: ' || ${side}.failure_code else ${side}.outcome end`;

const sideColumns = (side: Side): readonly Column[] => [
  { header: `Outcome ${side}`, sql: outcomeSql(side) },
  { header: `Answer ${side}`, sql: valueSql(side) },
  { header: `Quote ${side}`, sql: spreadsheetTextSql(`${side}.evidence -> 0 ->> 'quote'`) },
  { header: `Rationale ${side}`, sql: spreadsheetTextSql(`${side}.rationale`) },
  { header: `Definition version ${side}`, sql: `${side}.definition_version` },
];

/** One row a change; the first quote of each side, all of them are in the JSONL. */
export function changesCsv(source: ChangesSource): ExportStatement {
  const parameters = new Parameters(1);
  const from = tables(source, parameters);
  const columns: readonly Column[] = [
    { header: 'Conversation id', sql: 'selected.conversation_id' },
    { header: 'Title', sql: spreadsheetTextSql('selected.title') },
    { header: 'Date (UTC)', sql: instantSql('selected.happened_at') },
    { header: 'Team', sql: spreadsheetTextSql('team.name') },
    { header: 'Owner', sql: spreadsheetTextSql('owner.name') },
    { header: 'Link', sql: `${parameters.add(source.link)}::text || selected.conversation_id` },
    { header: 'Definition', sql: spreadsheetTextSql('definition.title') },
    { header: 'Definition id', sql: 'definition.id' },
    { header: 'Type', sql: 'definition.type' },
    { header: 'Change', sql: 'change.kind' },
    { header: 'Cause', sql: 'change.cause' },
    ...sides.flatMap(sideColumns),
  ];
  return csvStatement(columns, from, parameters, order);
}

const resultSql = (side: Side): string => `case when ${side}.run_id is not null then json_build_object(
    'runId', ${side}.run_id, 'definitionVersion', ${side}.definition_version, 'outcome', ${side}.outcome,
    'failureCode', ${side}.failure_code, 'answer', ${side}.answer, 'rationale', ${side}.rationale,
    'confidence', ${side}.confidence, 'evidence', coalesce(${side}.evidence, '[]'), 'settledAt', ${side}.settled_at) end`;

/** One document a change, with both results as they were recorded. */
export function changesLines(source: ChangesSource): ExportStatement {
  const parameters = new Parameters(1);
  const from = tables(source, parameters);
  const document = `json_build_object(
    'conversation', json_build_object('id', selected.conversation_id, 'title', selected.title,
      'happenedAt', selected.happened_at, 'link', ${parameters.add(source.link)}::text || selected.conversation_id),
    'definition', json_build_object('id', definition.id, 'title', definition.title, 'type', definition.type),
    'kind', change.kind, 'cause', change.cause, 'before', ${resultSql('before')}, 'after', ${resultSql('after')})`;
  return linesStatement(document, from, parameters, order);
}
