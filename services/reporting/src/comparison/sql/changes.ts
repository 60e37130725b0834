import { halfStep } from '@harmony/analysis';
import type { Principal } from '@harmony/access';
import { inputLength, inputNames } from '../../projections/compared.table.js';
import { isOfRun } from '../../read-model/in-force.js';
import { Parameters, type SqlPart } from '../../read-model/sql.js';
import { comparedRuns, comparedRunsByDate, type ComparedRevision, type ConversationPlace } from './compared-runs.js';

const hasMoved = (column: string): string =>
  `(b.${column} is null) <> (a.${column} is null) or abs(a.${column} - b.${column}) > ${halfStep}`;

/** `differ` of libs/analysis, in SQL. */
const differ = `(b.value_key <> a.value_key or coalesce(${hasMoved('number')}, false) or coalesce(${hasMoved('amount')}, false))`;

/**
 * Both found something: CHANGED or UNCHANGED. With the revision alone: ADDED. Without it alone, where the revision failed
 * or has ended without asking: REMOVED. Null for what is awaited, and for what was cancelled.
 */
const kind = `
  case when a.state = 'FOUND' and b.state = 'FOUND' then case when ${differ} then 'CHANGED' else 'UNCHANGED' end
       when a.state = 'FOUND' then 'ADDED'
       when b.state = 'FOUND' and (a.state = 'FAILED' or a.state is null and b.is_done) then 'REMOVED' end`;

const differing = inputNames.map((name, index) => {
  const part = (side: string): string => `substr(${side}.inputs, ${index * inputLength + 1}, ${inputLength})`;
  return `case when ${part('a')} <> ${part('b')} then '${name.toUpperCase()}_CHANGED' end`;
});

/** Which input of a result that changed is another one than before. */
const cause = `
  case when a.state = 'FOUND' and b.state = 'FOUND' and ${differ} then
       case when a.inputs is null or b.inputs is null then 'INPUTS_UNKNOWN'
            else (select case count(input) when 0 then 'NOTHING_CHANGED' when 1 then max(input) else 'SEVERAL_CHANGED' end
                    from unnest(array[${differing.join(', ')}]) as input) end end`;

const values = ['state', 'value_key', 'number', 'amount', 'category', 'inputs'];
const cellColumns = `cell.definition_id, ${values.map((name) => `cell.${name}`).join(', ')}`;
const sides = values.flatMap((name) => [`b.${name} as before_${name}`, `a.${name} as after_${name}`]).join(', ');

/** Columns of what {@link changesSql} and {@link changesByDateSql} give, but for those of the runs. */
const judged = `definition_id, ${sides}, ${kind} as kind, ${cause} as cause`;

const runColumns = ['happened_at', 'is_done', 'before_run', 'after_run'];
const ofEither = runColumns.map((name) => `coalesce(a.${name}, b.${name}) as ${name}`).join(', ');

/**
 * Results before and after, a row for each definition and conversation where either has any: `conversation_id`,
 * `happened_at`, `before_run`, `after_run`, `definition_id`, `kind`, `cause`, and what is compared of both. For whoever
 * wants all of them: the two sides are hashed.
 */
export function changesSql(principal: Principal, compared: ComparedRevision, firstParameter: number): SqlPart {
  const parameters = new Parameters(firstParameter);
  const runs = parameters.include((first) => comparedRuns(principal, compared, first));
  const asked = askedCells(compared, parameters);
  const side = (run: string): string => `
    (select pairs.conversation_id, ${runColumns.map((name) => `pairs.${name}`).join(', ')}, ${cellColumns} from pairs
       join reporting.compared cell on ${isOfRun('cell', 'pairs.conversation_id', `pairs.${run}`)} and ${asked})`;
  const sql = `
    with pairs as materialized (${runs})
    select conversation_id, ${ofEither}, ${judged}
      from ${side('after_run')} a full join ${side('before_run')} b using (conversation_id, definition_id)`;
  return { sql, parameters: parameters.values };
}

/** The same, newest first, as they come. */
export function changesByDateSql(
  principal: Principal,
  compared: ComparedRevision,
  from: ConversationPlace | null,
  firstParameter: number,
): SqlPart {
  const parameters = new Parameters(firstParameter);
  const runs = parameters.include((first) => comparedRunsByDate(principal, compared, from, first));
  const asked = askedCells(compared, parameters);
  const side = (run: string): string => `
    (select pairs.is_done, ${cellColumns} from reporting.compared cell
      where ${isOfRun('cell', 'pairs.conversation_id', `pairs.${run}`)} and ${asked})`;
  const sql = `
    select pairs.*, cells.* from (${runs}) pairs
     cross join lateral (select ${judged} from ${side('after_run')} a full join ${side('before_run')} b using (definition_id)) cells`;
  return { sql, parameters: parameters.values };
}

const askedCells = ({ projectId, definitionIds }: ComparedRevision, parameters: Parameters): string =>
  `cell.project_id = ${parameters.add(projectId)}::uuid and cell.definition_id = any(${parameters.add(definitionIds)}::uuid[])`;
