import { cellsAsOf, rowAsOf } from '../../read-model/as-of.js';
import type { Parameters } from '../../read-model/sql.js';
import type { ExportSource } from './statement.js';

/** What teams, people and contacts were called, by `id`. */
export const namesAsOf = (asOf: string | null, parameters: Parameters): string =>
  asOf === null
    ? 'reporting.directory'
    : `(select named.id, (${rowAsOf('named', `${parameters.add(asOf)}::timestamptz`)}).name from reporting.directory named)`;

/** The selection as `selected`, with the names of its `team`, `owner` and `contact`. The first part of every statement. */
export function conversationTables({ selection, asOf }: ExportSource, parameters: Parameters): string {
  const selected = parameters.include(selection);
  const names = namesAsOf(asOf, parameters);
  return `from (${selected}) selected
    left join ${names} team on team.id = selected.team_id
    left join ${names} owner on owner.id = selected.owner_id
    left join ${names} contact on contact.id = selected.contact_id`;
}

/**
 * Goals and scorecards of the run, as `scores`: as they were, but found by their key, which tells apart the few rows of
 * the selection from all that there are.
 */
export function scoresTable({ project, asOf }: ExportSource, parameters: Parameters): string {
  if (project.goals.length === 0 && project.scorecards.length === 0)
    return `cross join (select '[]'::jsonb as goals, '[]'::jsonb as scorecards) scores`;
  const ofRun = (alias: string): string => `left join reporting.scores ${alias}
      on ${alias}.conversation_id = selected.conversation_id and ${alias}.run_id = selected.run_id
     and ${alias}.project_id = ${parameters.add(project.id)}::uuid`;
  if (asOf === null) return ofRun('scores');
  const time = `${parameters.add(asOf)}::timestamptz`;
  return `${ofRun('kept')}
    left join lateral (select held.goals, held.scorecards from ${rowAsOf('kept', time)} held
      where held.evaluated_at <= ${time}) scores on true`;
}

/** Results as they were, to be joined by {@link ofDefinition}. */
export const cellsTable = ({ asOf }: ExportSource, parameters: Parameters): string =>
  parameters.include((first) => cellsAsOf(asOf, first));

/** Ties results under a name to the selection. What was dropped was never asked. */
export const ofDefinition = (alias: string, definitionId: string): string =>
  `${alias}.conversation_id = selected.conversation_id and ${alias}.run_id = selected.run_id
     and ${alias}.definition_id = ${definitionId}::uuid and ${alias}.outcome <> 'DROPPED'`;
