import { requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { inForceSql, runsInForceOf } from '../../read-model/in-force.js';
import type { Moment } from '../../read-model/moment.js';
import { Parameters, type SqlPart } from '../../read-model/sql.js';

/** A revision, and what it is compared with. */
export interface ComparedRevision {
  readonly projectId: string;
  readonly revisionId: string;
  /** What is in force without the revision. */
  readonly baseline: Moment;
  /** In the order of the report. */
  readonly definitionIds: readonly string[];
}

/** Behind which row of a list, newest first, to go on. */
export interface ConversationPlace {
  readonly happenedAt: string;
  readonly conversationId: string;
}

const scopeColumns = { owner: 'c.owner_id', createdBy: 'c.created_by', team: 'c.team_id' } as const;

/**
 * The conversations of a revision that the reader may read, a row each: `conversation_id`, `happened_at`, `after_run`,
 * `is_done` (whether that run has ended) and `before_run`, which is null for one that was not in force. Of several runs
 * of the revision the one that started last counts, as in force.
 */
export function comparedRuns(
  principal: Principal,
  { projectId, revisionId, baseline }: ComparedRevision,
  firstParameter: number,
): SqlPart {
  const parameters = new Parameters(firstParameter);
  const revision = `${parameters.add(revisionId)}::uuid`;
  const inForce = parameters.include((first) => runsInForceOf('covered', projectId, baseline, first));
  const sql = `
    with covered as materialized (
      select c.conversation_id, c.happened_at, c.created_at, after.run_id, after.completed_at
        from (select distinct on (r.conversation_id) r.conversation_id, r.run_id, r.completed_at
                from reporting.runs r where r.revision_id = ${revision}
               order by r.conversation_id, r.major desc, r.minor desc) after
        join reporting.conversations c on c.conversation_id = after.conversation_id and not c.is_deleted
       where ${readable(principal, parameters)}
    )
    select covered.conversation_id, covered.happened_at, covered.run_id as after_run,
           covered.completed_at is not null as is_done, before.run_id as before_run
      from covered left join (${inForce}) before using (conversation_id)`;
  return { sql, parameters: parameters.values };
}

/** The same, newest first, looked up one by one as they come: for whoever wants few of many. */
export function comparedRunsByDate(
  principal: Principal,
  { projectId, revisionId, baseline }: ComparedRevision,
  from: ConversationPlace | null,
  firstParameter: number,
): SqlPart {
  const parameters = new Parameters(firstParameter);
  const revision = `${parameters.add(revisionId)}::uuid`;
  const inForce = parameters.include((first) => inForceSql(projectId, baseline, first));
  const place = from
    ? `(c.happened_at, c.conversation_id) <= (${parameters.add(from.happenedAt)}::timestamptz, ${parameters.add(from.conversationId)}::uuid)`
    : 'true';
  const sql = `
    select c.conversation_id, c.happened_at, after.run_id as after_run, after.completed_at is not null as is_done,
           before.run_id as before_run
      from reporting.conversations c
      cross join lateral (select r.run_id, r.completed_at from reporting.runs r
                           where r.conversation_id = c.conversation_id and r.revision_id = ${revision}
                           order by r.major desc, r.minor desc limit 1) after
      left join lateral (select f.run_id from (${inForce}) f where f.conversation_id = c.conversation_id) before on true
     where not c.is_deleted and ${place} and ${readable(principal, parameters)}
     order by c.happened_at desc, c.conversation_id desc`;
  return { sql, parameters: parameters.values };
}

/** @throws HarmonyError FORBIDDEN for somebody who may read no conversations at all. */
export function readable(principal: Principal, parameters: Parameters): string {
  const scope = requirePermission(principal, 'conversations', 'read');
  return parameters.include((first) => scopeFilter(principal, scope, first, scopeColumns));
}
