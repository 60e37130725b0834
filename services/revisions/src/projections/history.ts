import type { Actor, EventOf } from '@harmony/contracts';
import type { Row } from '@harmony/read-model';

export const historyActions = [
  'REQUESTED',
  'COMPLETED',
  'CANCELLED',
  'RETRIED',
  'ATTRIBUTION_REQUESTED',
  'PUBLISHED',
  'MADE_LIVE',
  'SUPERSEDED',
  'ROLLED_BACK',
  'RESTORED',
] as const;
export type HistoryAction = (typeof historyActions)[number];

/** Who did what to a revision, and when (B10). */
export interface HistoryEntry {
  readonly action: HistoryAction;
  readonly at: string;
  readonly actor: Actor;
  /**
   * Of MADE_LIVE: the one that it replaced; of SUPERSEDED: the one by which it was; of ROLLED_BACK: the one that is live
   * again; of RESTORED: the one that was rolled back.
   */
  readonly otherRevisionId?: string;
  /** Of MADE_LIVE: conversations whose newer results were replaced, as this person confirmed. */
  readonly replacedNewer?: number;
}

type RevisionEvent = EventOf<
  | 'RevisionRequested'
  | 'RevisionCompleted'
  | 'RevisionCancelled'
  | 'RevisionRetried'
  | 'RevisionAttributionRequested'
  | 'RevisionPublished'
  | 'RevisionMadeLive'
  | 'RevisionRolledBack'
>;

type More = Pick<HistoryEntry, 'otherRevisionId' | 'replacedNewer'>;

/** The history of a row, with one entry more. */
export function remembered(
  row: Row | undefined,
  { occurredAt, actor }: RevisionEvent,
  action: HistoryAction,
  more: More = {},
): readonly HistoryEntry[] {
  const { kind, id } = actor;
  const before = (row?.['history'] ?? []) as readonly HistoryEntry[];
  return [...before, { action, at: occurredAt, actor: { kind, id }, ...more }];
}
