import { Parameters } from '../../read-model/sql.js';
import type { ExportedDefinition, Rule } from '../columns/column.js';
import { searchSql } from './search.js';
import { linesStatement, type ExportSource, type ExportStatement } from './statement.js';
import { cellsTable, conversationTables, ofDefinition, scoresTable } from './tables.js';

const person = (alias: string, id: string): string =>
  `case when ${id} is not null then json_build_object('id', ${id}, 'name', ${alias}.name) end`;

const conversationSql = (link: string, parameters: Parameters): string => `json_build_object(
    'id', selected.conversation_id, 'title', selected.title, 'happenedAt', selected.happened_at,
    'status', selected.status, 'medium', selected.medium, 'team', ${person('team', 'selected.team_id')},
    'owner', ${person('owner', 'selected.owner_id')}, 'contact', ${person('contact', 'selected.contact_id')},
    'tags', selected.tags, 'customFields', selected.custom_fields,
    'link', ${parameters.add(link)}::text || selected.conversation_id)`;

const resultSql = (title: string, type: string): string => `json_build_object(
    'definitionId', result.definition_id, 'definitionVersion', result.definition_version, 'title', ${title},
    'type', ${type}, 'outcome', result.outcome, 'failureCode', result.failure_code, 'answer', result.answer,
    'rationale', result.rationale, 'confidence', result.confidence, 'evidence', coalesce(result.evidence, '[]'),
    'askedAt', result.started_at, 'settledAt', result.settled_at)`;

/** What of a list of evaluations the project still has, with names. */
const rulesSql = (column: string, key: string, rules: readonly Rule[], parameters: Parameters): string => {
  const named = `jsonb_array_elements(${parameters.add(JSON.stringify(rules.map(({ id, name }) => ({ id, name }))))}::jsonb)`;
  return `(select coalesce(array_to_json(array_agg(evaluation || jsonb_build_object('name', rule ->> 'name') order by place)), '[]')
    from ${named} with ordinality as rules(rule, place), jsonb_array_elements(scores.${column}) as list(evaluation)
    where evaluation ->> '${key}' = rule ->> 'id')`;
};

/** One line a conversation: its facts, every result as it was recorded with all of its evidence, goals and scorecards. */
export function reportLines(source: ExportSource): ExportStatement {
  const { project, link } = source;
  const parameters = new Parameters(1);
  const asked = project.definitions.map(({ id, title, question: { type } }) => ({ id, title, type }));
  const from = [conversationTables(source, parameters), scoresTable(source, parameters)].join('\n');
  const result = resultSql(`definition ->> 'title'`, `definition ->> 'type'`);
  const document = `json_build_object(
    'conversation', ${conversationSql(link, parameters)},
    'runId', selected.run_id,
    'results', (select coalesce(array_to_json(array_agg(${result} order by place)), '[]')
      from jsonb_array_elements(${parameters.add(JSON.stringify(asked))}::jsonb) with ordinality as asked(definition, place)
      join ${cellsTable(source, parameters)} result on ${ofDefinition('result', `(definition ->> 'id')`)}),
    'goals', ${rulesSql('goals', 'goalId', project.goals, parameters)},
    'scorecards', ${rulesSql('scorecards', 'scorecardId', project.scorecards, parameters)})`;
  return linesStatement(document, from, parameters);
}

/** One line a result of one definition. */
export function detailLines(
  source: ExportSource,
  { id, title, question: { type } }: ExportedDefinition,
  search: string | null,
): ExportStatement {
  const parameters = new Parameters(1);
  const result = resultSql(`${parameters.add(title)}::text`, `${parameters.add(type)}::text`);
  const from = [
    conversationTables(source, parameters),
    `join ${cellsTable(source, parameters)} result on ${ofDefinition('result', parameters.add(id))}`,
    searchSql(search, parameters),
  ].join('\n');
  const conversation = conversationSql(source.link, parameters);
  const document = `json_build_object('conversation', ${conversation}, 'runId', selected.run_id, 'result', ${result})`;
  return linesStatement(document, from, parameters);
}
