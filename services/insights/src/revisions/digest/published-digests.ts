import { streams, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** What `revision-plan-<revisionId>` says of a revision's digest. */
export interface PublishedDigest {
  readonly projectId: string;
  /** Of when it was put in force last, as far as it is published; null before. */
  readonly latest: EventDataOf<'RevisionDigested'> | null;
}

export function evolve(before: PublishedDigest | undefined, event: HarmonyEvent): PublishedDigest | undefined {
  if (event.type === 'RevisionDigested') return { projectId: event.data.projectId, latest: event.data };
  const isOfPlan = event.type === 'RevisionBatchPlanned' || event.type === 'RevisionPlanned';
  return before ?? (isOfPlan ? { projectId: event.data.projectId, latest: null } : undefined);
}

/** Digests of revisions in the event store, behind their plans. */
@Injectable()
export class PublishedDigests extends StateStreams<PublishedDigest> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisionPlan, evolve });
  }
}
