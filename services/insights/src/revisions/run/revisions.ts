import { HarmonyError, streams } from '@harmony/contracts';
import { StreamCache, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type ProjectRevisions, type Revision } from './revision.js';
import { evolve as evolvePlan, type RevisionPlan } from './revision-plan.js';

/** The revisions of projects, as running work reads them again and again. */
@Injectable()
export class Revisions extends StreamCache<ProjectRevisions> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisions, evolve }, { entries: 1_000 });
  }

  /**
   * As it was a moment ago at most.
   * @throws HarmonyError UNKNOWN_REVISION
   */
  async revision(projectId: string, revisionId: string): Promise<Revision> {
    const recent = (await this.recent(projectId)).state?.get(revisionId);
    const known = recent ?? (await this.load(projectId)).state?.get(revisionId);
    if (!known) throw new HarmonyError('UNKNOWN_REVISION', { detail: `No revision ${revisionId} was asked for.` });
    return known;
  }

  /** Whether somebody wants nothing more to be done for it. */
  async isCancelled(projectId: string, revisionId: string): Promise<boolean> {
    return (await this.recent(projectId)).state?.get(revisionId)?.isCancelled ?? false;
  }

  /** The same as of now. */
  async isCancelledNow(projectId: string, revisionId: string): Promise<boolean> {
    return (await this.load(projectId)).state?.get(revisionId)?.isCancelled ?? false;
  }
}

/** The plans of revisions that are executed, by revision. */
@Injectable()
export class RevisionPlans extends StreamCache<RevisionPlan> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisionPlan, evolve: evolvePlan }, { entries: 50 });
  }

  /**
   * The plan that has this run: a run that is known stays as it was planned, so nothing is read for it again.
   * @throws HarmonyError UNKNOWN_REVISION where the run is not planned
   */
  async planOf(revisionId: string, runId: string): Promise<RevisionPlan> {
    const known = this.known(revisionId)?.state;
    const plan = known?.runs.has(runId) ? known : (await this.load(revisionId)).state;
    if (!plan?.runs.has(runId)) throw new HarmonyError('UNKNOWN_REVISION', { detail: `Run ${runId} is not planned.` });
    return plan;
  }
}
