import { evolveCancelled, type CancelledRevisions } from '@harmony/analysis';
import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** Revisions of projects in the event store: what was cancelled is not begun. */
@Injectable()
export class RevisionStreams extends StateStreams<CancelledRevisions> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisions, evolve: evolveCancelled });
  }

  async isCancelled(projectId: string, revisionId: string): Promise<boolean> {
    const { state } = await this.load(projectId);
    return state?.has(revisionId) ?? false;
  }
}
