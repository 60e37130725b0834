import type { HarmonyEvent } from '@harmony/contracts';

/** Ids of the revisions of a project that somebody cancelled. */
export type CancelledRevisions = ReadonlySet<string>;

/** After one more event of `revision-<projectId>`: what workers look at before they begin something. */
export const evolveCancelled = (
  cancelled: CancelledRevisions | undefined,
  event: HarmonyEvent,
): CancelledRevisions | undefined =>
  event.type === 'RevisionCancelled' ? new Set(cancelled).add(event.data.revisionId) : cancelled;
