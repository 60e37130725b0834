import type { EventDataOf, RevisionCounts, RevisionOutcome, Usage } from '@harmony/contracts';
import type { RerunState } from '../projections/rerun.js';

/** How a revision and all of its conversations stand, at one position of the log. */
export interface Standing {
  readonly workspaceId: string;
  readonly attempt: number;
  readonly outcome: RevisionOutcome;
  /** Conversations that it covers, those that were deleted included. */
  readonly planned: number;
  /** Whether the plan of the attempt is complete. */
  readonly isPlanned: boolean;
  readonly planFailure: string | null;
  /** Whether the plan of some attempt is: then everything that the revision covers is there. */
  readonly isScopeKnown: boolean;
  /** Conversations that are there, by how they stand. */
  readonly conversations: Readonly<Record<RerunState, number>>;
  /** Those that have ended in this attempt. */
  readonly settledNow: number;
  /** Over all attempts. */
  readonly usage: Usage;
  /** Milliseconds since it ended; null while it has not. */
  readonly endedAgoMs: number | null;
}

const unsettled = ({ conversations: { PLANNED, RUNNING } }: Standing): number => PLANNED + RUNNING;

/** What was deleted meanwhile has no standing any more. */
export function countsOf({ planned, conversations, outcome }: Standing): RevisionCounts {
  const { COMPLETED: completed, COMPLETED_WITH_ERRORS: completedWithErrors, FAILED: failed } = conversations;
  const { PLANNED, RUNNING } = conversations;
  const present = completed + completedWithErrors + failed + PLANNED + RUNNING;
  const notBegun = outcome === 'CANCELLED' ? PLANNED + RUNNING : 0;
  return { planned, completed, completedWithErrors, failed, skipped: Math.max(0, planned - present) + notBegun };
}

export type End = Pick<EventDataOf<'RevisionCompleted'>, 'attempt' | 'outcome' | 'counts' | 'usage'>;

/** How the revision has ended; undefined while something is still to come. */
export function endOf(standing: Standing): End | undefined {
  if (standing.outcome !== 'PROCESSING' || unsettled(standing) > 0) return undefined;
  if (!standing.isPlanned && standing.planFailure === null) return undefined;
  const { attempt, usage } = standing;
  return { attempt, outcome: outcomeOf(standing), counts: countsOf(standing), usage };
}

function outcomeOf({ planFailure, isScopeKnown, conversations }: Standing): End['outcome'] {
  const { COMPLETED, COMPLETED_WITH_ERRORS, FAILED } = conversations;
  // A try of what failed that cannot be planned leaves what was there before it.
  if (planFailure !== null && !isScopeKnown) return 'FAILED';
  if (COMPLETED + COMPLETED_WITH_ERRORS + FAILED === 0) return 'NO_CONVERSATIONS';
  if (COMPLETED + COMPLETED_WITH_ERRORS === 0) return 'FAILED';
  return COMPLETED_WITH_ERRORS + FAILED > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED';
}

/** What was under way when a revision was cancelled mostly ends soon after; an extraction may take half an hour. */
const lastWordsMs = { soon: 60_000, late: 32 * 60_000 };

/**
 * When to look again at a revision that has ended: what is recorded after it was cancelled counts, and so does what it
 * cost. Nothing tells whether an extraction is under way for a conversation whose run has not begun.
 */
export function nextLook(standing: Standing): 'SOON' | 'LATER' | 'NEVER' {
  const { endedAgoMs, conversations } = standing;
  if (endedAgoMs === null) return 'SOON';
  if (unsettled(standing) === 0 || endedAgoMs > lastWordsMs.late) return 'NEVER';
  return conversations.RUNNING > 0 && endedAgoMs <= lastWordsMs.soon ? 'SOON' : 'LATER';
}
