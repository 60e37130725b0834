import type { Parameters } from '../../read-model/sql.js';
import type { Column, ExportedProject } from './column.js';
import { shortIds } from './short-ids.js';

/** One column a goal: MET, NOT_MET, UNKNOWN; one a scorecard: 0 to 100. Both empty until they were evaluated. */
export function ruleColumns({ goals, scorecards }: ExportedProject, parameters: Parameters): readonly Column[] {
  const goalIds = shortIds(goals.map(({ id }) => id));
  const scorecardIds = shortIds(scorecards.map(({ id }) => id));
  return [
    ...goals.map(({ id, name }) => ({
      header: `${name} [g:${goalIds.get(id)}]`,
      sql: evaluated('goals', 'goalId', parameters.add(id), 'outcome'),
    })),
    ...scorecards.map(({ id, name }) => ({
      header: `${name} [s:${scorecardIds.get(id)}]`,
      sql: evaluated('scorecards', 'scorecardId', parameters.add(id), 'score'),
    })),
  ];
}

const evaluated = (column: string, key: string, id: string, value: string): string =>
  `(select item ->> '${value}' from jsonb_array_elements(scores.${column}) as list(item) where item ->> '${key}' = ${id}::text)`;
