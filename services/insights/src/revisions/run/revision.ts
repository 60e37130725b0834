import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';

/** A revision, as whoever executes it needs to know it. */
export interface Revision {
  readonly requested: EventDataOf<'RevisionRequested'>;
  readonly isCancelled: boolean;
}

/** All revisions of a project, by id, folded from `revision-<projectId>`. */
export type ProjectRevisions = ReadonlyMap<string, Revision>;

/** After one more event; events that no execution depends on change nothing. */
export function evolve(revisions: ProjectRevisions | undefined, event: HarmonyEvent): ProjectRevisions {
  const before = revisions ?? new Map<string, Revision>();
  if (event.type === 'RevisionRequested') {
    const { data: requested } = event;
    return new Map(before).set(requested.revisionId, { requested, isCancelled: false });
  }
  const cancelled = event.type === 'RevisionCancelled' ? before.get(event.data.revisionId) : undefined;
  return cancelled ? new Map(before).set(cancelled.requested.revisionId, { ...cancelled, isCancelled: true }) : before;
}
