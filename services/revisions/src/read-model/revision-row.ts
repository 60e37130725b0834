import type {
  Actor,
  PlanEstimate,
  PlanSummary,
  RevisionCounts,
  RevisionDigest,
  RevisionInput,
  RevisionOutcome,
  RevisionStage,
  Usage,
} from '@harmony/contracts';
import type { HistoryEntry } from '../projections/history.js';

/** A row of `revisions.revisions` with how far its watch has seen it come. */
export interface RevisionRow {
  readonly id: string;
  readonly project_id: string;
  readonly number: number;
  readonly input: RevisionInput | null;
  readonly part: { readonly ofRevisionId: string; readonly definitionIds: readonly string[] } | null;
  readonly previewed: { readonly conversations: number; readonly scopeDigest: string } | null;
  readonly requested_at: Date;
  readonly requested_by: Actor;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly live_at: Date | null;
  readonly digest: RevisionDigest | null;
  readonly outcome: RevisionOutcome;
  readonly stage: RevisionStage;
  readonly attempt: number;
  readonly version: number;
  readonly planned: number;
  readonly is_planned: boolean;
  readonly plan: PlanSummary | null;
  readonly estimate: PlanEstimate | null;
  readonly plan_failure: string | null;
  readonly counts: RevisionCounts | null;
  readonly usage: Usage | null;
  readonly history: readonly HistoryEntry[];
  /** Null where the watch has not looked yet. */
  readonly seen: Seen | null;
}

/** A row of `revisions.progress`. */
export interface Seen extends Omit<RevisionCounts, 'planned'> {
  readonly attempt: number;
  readonly settledNow: number;
  readonly usage: Usage;
  /** ISO 8601. */
  readonly lookedAt: string;
}

/** `r` are revisions, `p` their projects: whose a project is decides who may see them. */
export const revisionColumns = `r.id, r.project_id, r.number, r.input, r.part, r.previewed, r.requested_at,
  r.requested_by, r.started_at, r.ended_at, r.live_at, r.digest, r.outcome, r.stage, r.attempt,
  greatest(p.flipped_at, r.touched_at) as version, r.planned, r.is_planned, r.plan, r.estimate, r.plan_failure, r.counts,
  r.usage, r.history,
  case when g.revision_id is not null then jsonb_build_object(
    'attempt', g.attempt, 'completed', g.completed, 'completedWithErrors', g.completed_with_errors,
    'failed', g.failed, 'skipped', g.skipped, 'settledNow', g.settled_now, 'usage', g.usage,
    'lookedAt', to_char(g.looked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as seen`;

export const revisionTables = `revisions.revisions r join revisions.projects p on p.id = r.project_id
  left join revisions.progress g on g.revision_id = r.id`;

/** A project is somebody's own when they created it, and of a team when one of its teams is theirs (D6). */
export const projectScope = {
  owner: 'p.created_by',
  createdBy: 'p.created_by',
  team: '',
  teams: 'p.team_ids',
} as const;
