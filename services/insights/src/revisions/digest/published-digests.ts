import { streams, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** What `revision-plan-<revisionId>` says of a revision's digest. */
export interface PublishedDigest {
  readonly projectId: string;
  /** The one that was published last; null before. */
  readonly latest: EventDataOf<'RevisionDigested'> | null;
  /** Ids of the events that put it in force whose digest is published. */
  readonly madeLive: ReadonlySet<string>;
}

export function evolve(before: PublishedDigest | undefined, event: HarmonyEvent): PublishedDigest | undefined {
  if (event.type === 'RevisionDigested') {
    const { data: latest } = event;
    return { projectId: latest.projectId, latest, madeLive: new Set(before?.madeLive).add(latest.madeLive) };
  }
  const isOfPlan = event.type === 'RevisionBatchPlanned' || event.type === 'RevisionPlanned';
  return before ?? (isOfPlan ? { projectId: event.data.projectId, latest: null, madeLive: new Set() } : undefined);
}

/** Digests of revisions in the event store, behind their plans. */
@Injectable()
export class PublishedDigests extends StateStreams<PublishedDigest> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisionPlan, evolve });
  }
}
