import type {
  Actor,
  PlanEstimate,
  PlanSummary,
  RevisionBadge,
  RevisionDigest,
  RevisionInput,
  RevisionOutcome,
  RevisionStage,
} from '@harmony/contracts';
import { actionsOf, badgeOf, type RevisionAction } from '../domain/revision-state.js';
import type { HistoryAction } from '../projections/history.js';
import { actualView, progressView, type ActualView, type ProgressView } from './progress-view.js';
import type { RevisionRow } from './revision-row.js';

/** Who did something. */
export interface ActorView extends Actor {
  /** Null for what has none, or is not there any more. */
  readonly name: string | null;
}

export interface HistoryEntryView {
  readonly action: HistoryAction;
  readonly at: Date;
  readonly by: ActorView;
  readonly otherRevisionId: string | null;
  readonly replacedNewer: number | null;
}

/** That a plan covers other conversations than its preview said. */
export interface ScopeChangeView {
  readonly previewedConversations: number;
  readonly plannedConversations: number;
}

/** A revision as a reader sees it. */
export interface RevisionView {
  readonly id: string;
  readonly projectId: string;
  readonly number: number;
  readonly version: number;
  readonly badge: RevisionBadge;
  readonly outcome: RevisionOutcome;
  readonly stage: RevisionStage;
  readonly attempt: number;
  readonly actions: RevisionAction[];
  readonly requestedAt: Date;
  readonly requestedBy: ActorView;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly liveAt: Date | null;
  readonly digest: RevisionDigest | null;
  readonly input: RevisionInput | null;
  readonly part: { readonly ofRevisionId: string; readonly definitionIds: readonly string[] } | null;
  readonly plan: PlanSummary | null;
  readonly estimate: PlanEstimate | null;
  readonly planFailureCode: string | null;
  readonly scopeChange: ScopeChangeView | null;
  readonly progress: ProgressView;
  readonly actual: ActualView | null;
  readonly history: readonly HistoryEntryView[];
}

export interface Reading {
  /** Names by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Without it everything is read only. */
  readonly mayExecute: boolean;
}

export function revisionView(row: RevisionRow, { names, mayExecute }: Reading): RevisionView {
  const actorOf = ({ kind, id }: Actor): ActorView => ({ kind, id, name: names.get(id) ?? null });
  return {
    ...{ id: row.id, projectId: row.project_id, number: row.number, version: row.version, badge: badgeOf(row) },
    ...{ outcome: row.outcome, stage: row.stage, attempt: row.attempt, actions: actionsOf(row, mayExecute) },
    ...{ requestedAt: row.requested_at, requestedBy: actorOf(row.requested_by), startedAt: row.started_at },
    ...{ endedAt: row.ended_at, liveAt: row.live_at, digest: row.digest },
    ...{ input: row.input, part: row.part, plan: row.plan },
    ...{ estimate: row.estimate, planFailureCode: row.plan_failure, scopeChange: scopeChangeOf(row) },
    ...{ progress: progressView(row), actual: actualView(row) },
    history: row.history.map(({ action, at, actor, otherRevisionId = null, replacedNewer = null }) => ({
      ...{ action, at: new Date(at), by: actorOf(actor), otherRevisionId, replacedNewer },
    })),
  };
}

/** Everybody who is named in it. */
export const actorIdsOf = ({ requested_by: by, history }: RevisionRow): string[] => [
  by.id,
  ...history.map(({ actor }) => actor.id),
];

function scopeChangeOf({ previewed, plan }: RevisionRow): ScopeChangeView | null {
  if (!previewed || !plan || previewed.scopeDigest === plan.scopeDigest) return null;
  return { previewedConversations: previewed.conversations, plannedConversations: plan.conversations };
}
