import { requirePermission, type Principal } from '@harmony/access';
import { inForceSql, isOfRun } from '../../read-model/in-force.js';
import { Parameters, type SqlPart } from '../../read-model/sql.js';
import type { ReviewedRevision } from '../reviewed-revisions.js';
import { changesSql } from './changes.js';
import { readable } from './compared-runs.js';

/** How far a revision came, conversation by conversation. */
export interface ConversationCounts {
  readonly planned: number;
  readonly processed: number;
  readonly failed: number;
  /** Deleted meanwhile, or not begun when the revision was cancelled. */
  readonly skipped: number;
  readonly pending: number;
}

const isCompared = `kind in ('CHANGED', 'UNCHANGED')`;
const hasNumbers = `${isCompared} and before_number is not null and after_number is not null`;
const difference = '(after_number - before_number)';
const sum = (value: string, name: string): string => `sum(${value}) filter (where ${hasNumbers}) as "${name}"`;

/** Results before and after, counted by everything that a review tells apart. */
export function groupsSql(principal: Principal, revision: ReviewedRevision): SqlPart {
  const parameters = new Parameters(1);
  const changes = parameters.include((first) => changesSql(principal, revision, first));
  const sql = `
    select definition_id as "definitionId", kind, cause, coalesce(after_state = 'FAILED', false) as "isFailed",
           case when ${isCompared} then before_category end as before,
           case when ${isCompared} then after_category end as after,
           count(*)::integer as cells,
           (count(*) filter (where ${hasNumbers}))::integer as count,
           ${sum('before_number', 'sumBefore')}, ${sum('after_number', 'sumAfter')},
           ${sum(difference, 'difference')}, ${sum(`${difference} * ${difference}`, 'squaredDifference')}
      from (${changes}) changes group by 1, 2, 3, 4, 5, 6`;
  return { sql, parameters: parameters.values };
}

/**
 * Results that were asked again, by definition. Unchanged ones that were repeated are counted, but for those where the
 * analyst failed, of which nothing is known. Changed ones that were drawn to be looked into are those of the run of the
 * conversation that counts, and against the one that the review compares it with.
 */
export function askedAgainSql(principal: Principal, reviewed: ReviewedRevision): SqlPart {
  const { revisionId, definitionIds, projectId, baseline } = reviewed;
  const parameters = new Parameters(1);
  const inForce = parameters.include((first) => inForceSql(projectId, baseline, first));
  const revision = `${parameters.add(revisionId)}::uuid`;
  const sql = `
    select again.definition_id as "definitionId", (count(*) filter (where again.is_changed))::integer as changed,
           count(again.is_changed)::integer as compared,
           coalesce(jsonb_agg(again.effects) filter (where again.is_drawn), '[]') as drawn
      from (select r.conversation_id, r.definition_id, r.is_changed, false as is_drawn, null::jsonb as effects
              from reporting.repeats r where r.revision_id = ${revision}
             union all
            select a.conversation_id, a.definition_id, null, true, a.effects
              from reporting.attributions a
             where a.revision_id = ${revision}
               and a.run_id = (select r.run_id from reporting.runs r
                                where r.conversation_id = a.conversation_id and r.revision_id = ${revision}
                                order by r.major desc, r.minor desc limit 1)
               and a.before_run_id = (select f.run_id from (${inForce}) f
                                       where f.conversation_id = a.conversation_id)) again
      join reporting.conversations c on c.conversation_id = again.conversation_id
     where not c.is_deleted and again.definition_id = any(${parameters.add(definitionIds)}::uuid[])
       and ${readable(principal, parameters)}
     group by 1`;
  return { sql, parameters: parameters.values };
}

/** A conversation that was deleted belongs to nobody any more: only who may read all is told of it. */
export function conversationCountsSql(principal: Principal, { revisionId, isFinished }: ReviewedRevision): SqlPart {
  const parameters = new Parameters(1);
  const seesAll = requirePermission(principal, 'conversations', 'read') === 'all';
  const outcome = `
    case when c.is_deleted then 'SKIPPED'
         when exists (select from reporting.failed_runs f
                       where f.conversation_id = p.conversation_id and p.run_id = any(f.run_ids)) then 'FAILED'
         when r.completed_at is not null then 'PROCESSED'
         else '${isFinished ? 'SKIPPED' : 'PENDING'}' end`;
  const counted = (name: string): string =>
    `(count(*) filter (where outcome = '${name.toUpperCase()}'))::integer as ${name}`;
  const sql = `
    select count(*)::integer as planned, ${['processed', 'failed', 'skipped', 'pending'].map(counted).join(', ')}
      from (select ${outcome} as outcome
              from reporting.planned p join reporting.conversations c on c.conversation_id = p.conversation_id
              left join reporting.runs r on ${isOfRun('r', 'p.conversation_id', 'p.run_id')}
             where p.revision_id = ${parameters.add(revisionId)}::uuid
               and case when c.is_deleted then ${String(seesAll)} else ${readable(principal, parameters)} end) conversations`;
  return { sql, parameters: parameters.values };
}
