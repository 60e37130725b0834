import { Parameters, type SqlPart } from '../../read-model/sql.js';
import type { Column } from '../columns/column.js';
import { instantSql } from '../columns/conversation-columns.js';
import { spreadsheetTextSql } from '../format/spreadsheet-text.js';
import { namesAsOf } from '../query/tables.js';
import { csvStatement, linesStatement, type ExportStatement } from '../query/statement.js';

/** Whose history it is. */
export interface HistorySource {
  readonly projectId: string;
  /** Null for all of the project. */
  readonly revisionId: string | null;
  /** Only what was done by then: ISO 8601; null for all. */
  readonly asOf: string | null;
}

/** What was done, a row each; to one revision also that another one took its place or gave it back. */
export function historySelection({ projectId, revisionId, asOf }: HistorySource, firstParameter: number): SqlPart {
  const parameters = new Parameters(firstParameter);
  const revision =
    revisionId === null
      ? ''
      : ` and ${parameters.add(revisionId)}::uuid in (h.revision_id, h.replaced_revision_id, h.restored_revision_id)`;
  const time = asOf === null ? '' : ` and h.happened_at <= ${parameters.add(asOf)}::timestamptz`;
  const project = `${parameters.add(projectId)}::uuid`;
  const sql = `select h.* from reporting.revision_history h where h.project_id = ${project}${revision}${time}`;
  return { sql, parameters: parameters.values };
}

/** As it happened. */
const order = 'order by deed.major, deed.minor';

/** A person is called as they were then; a key of the workspace, and Harmony itself, have no name here. */
const tables = (source: HistorySource, parameters: Parameters): string => `
  from (${parameters.include((first) => historySelection(source, first))}) deed
  left join ${namesAsOf(source.asOf, parameters)} person on deed.actor_kind = 'USER' and person.id::text = deed.actor_id`;

export function historyCsv(source: HistorySource): ExportStatement {
  const parameters = new Parameters(1);
  const from = tables(source, parameters);
  const columns: readonly Column[] = [
    { header: 'Date (UTC)', sql: instantSql('deed.happened_at') },
    { header: 'Action', sql: 'deed.action' },
    { header: 'Revision id', sql: 'deed.revision_id' },
    { header: 'Done by', sql: 'deed.actor_kind' },
    { header: 'Actor id', sql: spreadsheetTextSql('deed.actor_id') },
    { header: 'Name', sql: spreadsheetTextSql('person.name') },
    { header: 'Replaced revision', sql: 'deed.replaced_revision_id' },
    { header: 'Newer results replaced', sql: 'deed.replaced_newer' },
    { header: 'Restored revision', sql: 'deed.restored_revision_id' },
    { header: 'SHA-256 of the results', sql: `deed.facts ->> 'sha256'` },
    { header: 'Facts', sql: spreadsheetTextSql('deed.facts::text') },
    { header: 'Event id', sql: 'deed.event_id' },
  ];
  return csvStatement(columns, from, parameters, order);
}

export function historyLines(source: HistorySource): ExportStatement {
  const parameters = new Parameters(1);
  const from = tables(source, parameters);
  const document = `json_build_object('eventId', deed.event_id, 'at', deed.happened_at, 'action', deed.action,
    'revisionId', deed.revision_id,
    'actor', json_build_object('kind', deed.actor_kind, 'id', deed.actor_id, 'name', person.name),
    'replacedRevisionId', deed.replaced_revision_id, 'replacedNewer', deed.replaced_newer,
    'restoredRevisionId', deed.restored_revision_id, 'facts', deed.facts)`;
  return linesStatement(document, from, parameters, order);
}
