import { cellsAsOf, rowAsOf } from '../../read-model/as-of.js';
import type { Parameters } from '../../read-model/sql.js';
import type { ExportSource } from './statement.js';

/** The selection as `selected`, with the names of its `team`, `owner` and `contact`. The first part of every statement. */
export function conversationTables({ selection, asOf }: ExportSource, parameters: Parameters): string {
  const selected = parameters.include(selection);
  const names = `(select named.id, (${rowAsOf('named', `${parameters.add(asOf)}::timestamptz`)}).name
    from reporting.directory named)`;
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
  const time = `${parameters.add(asOf)}::timestamptz`;
  return `left join reporting.scores kept
      on kept.conversation_id = selected.conversation_id and kept.run_id = selected.run_id
     and kept.project_id = ${parameters.add(project.id)}::uuid
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
