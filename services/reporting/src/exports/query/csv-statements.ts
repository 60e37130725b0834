import { HarmonyError } from '@harmony/contracts';
import type { Column, ExportedDefinition } from '../columns/column.js';
import { conversationColumns, fieldColumns } from '../columns/conversation-columns.js';
import { definitionColumns } from '../columns/definition-columns.js';
import { detailColumns } from '../columns/detail-columns.js';
import { ruleColumns } from '../columns/rule-columns.js';
import { shortIds } from '../columns/short-ids.js';
import { csvHeader } from '../format/csv-header.js';
import type { ExportSource, ExportStatement } from './export-source.js';
import { inlined, Parameters } from './parameters.js';
import { searchSql } from './search.js';
import { cellsSql, copyCsv, maximumColumns } from './statement.js';
import { cellTable, conversationTables, scoresTable } from './tables.js';

/**
 * One row a conversation, one column or more for each definition, goal and scorecard.
 * @throws HarmonyError INVALID_INPUT for more columns than a statement can have
 */
export function reportCsv(source: ExportSource): ExportStatement {
  const { project, fields, selection, scene, link } = source;
  const parameters = new Parameters(selection.parameters);
  const shortIdOf = shortIds(project.definitions.map(({ id }) => id));
  const tables = [conversationTables(selection, scene, parameters), scoresTable(scene, parameters)];
  const cells = cellsSql(scene, parameters);
  const definitions = project.definitions.flatMap((definition, index) => {
    const alias = `d${index}`;
    tables.push(`left join ${cellTable(cells, alias, parameters.add(definition.id))}`);
    return definitionColumns(definition, { alias, shortId: shortIdOf.get(definition.id) ?? definition.id, parameters });
  });
  const columns = [
    ...conversationColumns(link, parameters),
    ...fieldColumns(fields, parameters),
    ...definitions,
    ...ruleColumns(project, parameters),
  ];
  return csv(columns, tables, parameters);
}

/** One row a result of one definition. */
export function detailCsv(
  source: ExportSource,
  definition: ExportedDefinition,
  search: string | null,
): ExportStatement {
  const { fields, selection, scene, link } = source;
  const parameters = new Parameters(selection.parameters);
  const cells = cellsSql(scene, parameters);
  const tables = [
    conversationTables(selection, scene, parameters),
    `join ${cellTable(cells, 'result', parameters.add(definition.id))}`,
    searchSql(search, parameters),
  ];
  const [shortId = definition.id] = shortIds([definition.id]).values();
  const columns = [
    ...conversationColumns(link, parameters),
    ...fieldColumns(fields, parameters),
    ...definitionColumns(definition, { alias: 'result', shortId, parameters }),
    ...detailColumns('result'),
  ];
  return csv(columns, tables, parameters);
}

function csv(columns: readonly Column[], tables: readonly string[], parameters: Parameters): ExportStatement {
  if (columns.length > maximumColumns)
    throw new HarmonyError('INVALID_INPUT', {
      detail: `The report has ${columns.length} columns, and a CSV takes ${maximumColumns}. Export definitions one by one, or JSONL.`,
    });
  return {
    header: csvHeader(columns.map(({ header }) => header)),
    sql: inlined(copyCsv(columns, tables.join('\n')), parameters.values),
    lineEnd: '\r\n',
  };
}
