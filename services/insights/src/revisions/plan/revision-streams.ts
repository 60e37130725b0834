import { streams, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** A revision as plans need to know it. */
export interface RequestedRevision {
  readonly request: EventDataOf<'RevisionRequested'>;
  /** Id of the event that asked for the latest attempt. */
  readonly cause: string;
  readonly isCancelled: boolean;
}

type Requested = ReadonlyMap<string, RequestedRevision>;

export function evolve(before: Requested | undefined, event: HarmonyEvent): Requested {
  const revisions = before ?? new Map<string, RequestedRevision>();
  if (event.type === 'RevisionRequested') {
    const { data: request, id: cause } = event;
    return new Map(revisions).set(request.revisionId, { request, cause, isCancelled: false });
  }
  if (event.type !== 'RevisionRetried' && event.type !== 'RevisionCancelled') return revisions;
  const known = revisions.get(event.data.revisionId);
  if (!known) return revisions;
  const change = event.type === 'RevisionRetried' ? { cause: event.id } : { isCancelled: true };
  return new Map(revisions).set(event.data.revisionId, { ...known, ...change });
}

/** The revisions of projects, by the id of the project. */
@Injectable()
export class RevisionStreams extends StateStreams<Requested> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisions, evolve });
  }
}
