import type { Parameters } from './parameters.js';
import { namesSql, scoresSql, type Scene, type Selection } from './statement.js';

/** The selection as `selected`, with the names of its `team`, `owner` and `contact`. The first part of every statement. */
export function conversationTables(selection: Selection, scene: Scene, parameters: Parameters): string {
  const names = namesSql(scene, parameters);
  return `from (${selection.sql}) selected
    left join ${names} team on team.id = selected.team_id
    left join ${names} owner on owner.id = selected.owner_id
    left join ${names} contact on contact.id = selected.contact_id`;
}

/** Goals and scorecards of the run, as `scores`. */
export const scoresTable = (scene: Scene, parameters: Parameters): string =>
  `left join ${scoresSql(scene, parameters)} scores
     on scores.conversation_id = selected.conversation_id and scores.run_id = selected.run_id`;

/** Cells of one definition. */
export const cellTable = (cells: string, alias: string, definitionId: string): string =>
  `${cells} ${alias} on ${alias}.conversation_id = selected.conversation_id
     and ${alias}.run_id = selected.run_id and ${alias}.definition_id = ${definitionId}::uuid`;
