import { noUsage, type RevisionOutcome, type Usage } from '@harmony/contracts';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { RerunState } from '../projections/rerun.js';
import { countsOf, type Standing } from './standing.js';

interface StandingRow {
  readonly workspace_id: string;
  readonly attempt: number;
  readonly outcome: RevisionOutcome;
  readonly planned: number;
  readonly is_planned: boolean;
  readonly is_scope_known: boolean;
  readonly plan_failure: string | null;
  readonly ended_ago_ms: number | null;
  readonly settled_now: number;
  readonly states: Readonly<Partial<Record<RerunState, number>>>;
  readonly usage: Usage;
}

/**
 * One statement, so that the plan and the conversations are of one position of the log. What is asked again for the noise
 * floor is awaited in the attempt that asks it, and by nobody once the revision has ended.
 */
const standing = `
  with reruns as materialized (
    select rerun, case when r.outcome = 'PROCESSING' and (rerun ->> 'attempt')::int = r.attempt
                        and (rerun ->> 'toRepeat')::int > 0 and rerun ->> 'state' in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
                       then 'RUNNING' else rerun ->> 'state' end as state
      from (select c.reruns -> $1::text as rerun from revisions.conversations c
             where c.revision_ids @> array[$1::uuid]) planned
      join revisions.revisions r on r.id = $1::uuid
  ), spent as (
    select coalesce(sum((rerun -> 'usage' ->> 'calls')::bigint), 0)::float8 as calls,
           coalesce(sum((rerun -> 'usage' ->> 'inputTokens')::bigint), 0)::float8 as "inputTokens",
           coalesce(sum((rerun -> 'usage' ->> 'outputTokens')::bigint), 0)::float8 as "outputTokens",
           coalesce(sum((rerun -> 'usage' ->> 'costMicros')::bigint), 0)::float8 as "costMicros"
      from reruns where rerun -> 'usage' <> $2::jsonb
  )
  select r.workspace_id, r.attempt, r.outcome, r.planned, r.is_planned, r.plan is not null as is_scope_known, r.plan_failure,
         extract(epoch from clock_timestamp() - r.ended_at)::float8 * 1000 as ended_ago_ms,
         (select count(*)::int from reruns where (rerun ->> 'attempt')::int = r.attempt
             and state in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED')) as settled_now,
         (select coalesce(jsonb_object_agg(state, count), '{}')
            from (select state, count(*) as count from reruns group by 1) s) as states,
         (select to_jsonb(spent) from spent) as usage
    from revisions.revisions r where r.id = $1::uuid`;

/** What nobody would see as a change is not written. */
const save = `
  insert into revisions.progress as p (revision_id, workspace_id, attempt, completed, completed_with_errors, failed,
    skipped, settled_now, usage, looked_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), now())
  on conflict (revision_id) do update
    set attempt = excluded.attempt, completed = excluded.completed,
        completed_with_errors = excluded.completed_with_errors, failed = excluded.failed, skipped = excluded.skipped,
        settled_now = excluded.settled_now, usage = excluded.usage, looked_at = now(),
        updated_at = case when (p.attempt, p.completed, p.completed_with_errors, p.failed, p.skipped, p.usage)
          is distinct from (excluded.attempt, excluded.completed, excluded.completed_with_errors, excluded.failed,
            excluded.skipped, excluded.usage) then now() else p.updated_at end`;

/** Looks how far a revision is, and tells readers. */
@Injectable()
export class RevisionProgress {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  /** Undefined while the read model does not know the revision. */
  async look(revisionId: string): Promise<Standing | undefined> {
    const { rows } = await this.pool.query<StandingRow>(standing, [revisionId, JSON.stringify(noUsage)]);
    const [row] = rows;
    if (!row) return undefined;
    return {
      ...{ workspaceId: row.workspace_id, attempt: row.attempt, outcome: row.outcome, planned: row.planned },
      ...{ isPlanned: row.is_planned, isScopeKnown: row.is_scope_known, planFailure: row.plan_failure },
      ...{ settledNow: row.settled_now, usage: row.usage },
      conversations: { PLANNED: 0, RUNNING: 0, COMPLETED: 0, COMPLETED_WITH_ERRORS: 0, FAILED: 0, ...row.states },
      endedAgoMs: row.ended_ago_ms,
    };
  }

  async tell(revisionId: string, seen: Standing): Promise<void> {
    const { completed, completedWithErrors, failed, skipped } = countsOf(seen);
    await this.pool.query(save, [
      ...[revisionId, seen.workspaceId, seen.attempt, completed, completedWithErrors, failed, skipped],
      ...[seen.settledNow, JSON.stringify(seen.usage)],
    ]);
  }
}
