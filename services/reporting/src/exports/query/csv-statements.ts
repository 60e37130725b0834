import type { ExportedDefinition } from '../columns/column.js';
import { conversationColumns, fieldColumns } from '../columns/conversation-columns.js';
import { definitionColumns } from '../columns/definition-columns.js';
import { detailColumns } from '../columns/detail-columns.js';
import { ruleColumns } from '../columns/rule-columns.js';
import { shortIds } from '../columns/short-ids.js';
import { Parameters } from '../../read-model/sql.js';
import { searchSql } from './search.js';
import { csvStatement, type ExportSource, type ExportStatement } from './statement.js';
import { cellsTable, conversationTables, ofDefinition, scoresTable } from './tables.js';

/**
 * One row a conversation, one column or more for each definition, goal and scorecard.
 * @throws HarmonyError INVALID_INPUT for more columns than a statement can have
 */
export function reportCsv(source: ExportSource): ExportStatement {
  const { project, fields, link } = source;
  const parameters = new Parameters(1);
  const shortIdOf = shortIds(project.definitions.map(({ id }) => id));
  const tables = [conversationTables(source, parameters), scoresTable(source, parameters)];
  const cells = cellsTable(source, parameters);
  const definitions = project.definitions.flatMap((definition, index) => {
    const alias = `d${index}`;
    tables.push(`left join ${cells} ${alias} on ${ofDefinition(alias, parameters.add(definition.id))}`);
    return definitionColumns(definition, { alias, shortId: shortIdOf.get(definition.id) ?? definition.id, parameters });
  });
  const columns = [
    ...conversationColumns(link, parameters),
    ...fieldColumns(fields, parameters),
    ...definitions,
    ...ruleColumns(project, parameters),
  ];
  return csvStatement(columns, tables.join('\n'), parameters);
}

/** One row a result of one definition. */
export function detailCsv(
  source: ExportSource,
  definition: ExportedDefinition,
  search: string | null,
): ExportStatement {
  const { fields, link } = source;
  const parameters = new Parameters(1);
  const tables = [
    conversationTables(source, parameters),
    `join ${cellsTable(source, parameters)} result on ${ofDefinition('result', parameters.add(definition.id))}`,
    searchSql(search, parameters),
  ];
  const [shortId = definition.id] = shortIds([definition.id]).values();
  const columns = [
    ...conversationColumns(link, parameters),
    ...fieldColumns(fields, parameters),
    ...definitionColumns(definition, { alias: 'result', shortId, parameters }),
    ...detailColumns('result'),
  ];
  return csvStatement(columns, tables.join('\n'), parameters);
}
