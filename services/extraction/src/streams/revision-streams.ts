import { evolveCancelled, type CancelledRevisions } from '@harmony/analysis';
import { decodeEvent, streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** Revisions in the event store: what was cancelled is not begun. */
@Injectable()
export class RevisionStreams {
  private readonly revisions: StateStreams<CancelledRevisions>;

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {
    this.revisions = new StateStreams(store, { stream: streams.revisions, evolve: evolveCancelled });
  }

  async isCancelled(revisionId: string): Promise<boolean> {
    const projectId = await this.projectOf(revisionId);
    if (projectId === undefined) return false;
    const { state } = await this.revisions.load(projectId);
    return state?.has(revisionId) ?? false;
  }

  /** Every event of a plan says whose it is. */
  private async projectOf(revisionId: string): Promise<string | undefined> {
    let projectId: string | undefined;
    for await (const recorded of this.store.readStream(streams.revisionPlan(revisionId), { limit: 1 })) {
      const event = decodeEvent(recorded);
      if (event.type === 'RevisionBatchPlanned') ({ projectId } = event.data);
    }
    return projectId;
  }
}
