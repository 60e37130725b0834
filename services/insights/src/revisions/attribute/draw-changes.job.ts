import { streams, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { fact, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { resultsProjection } from '../../projections/results.projection.js';
import { Projects } from '../../streams/projects.js';
import { systemCause } from '../../streams/system-cause.js';
import { workerReads } from '../reads.js';
import { drawChangesJob, drawChangesPayload, type DrawChangesPayload } from './attribute-changes.js';
import { changedResults, type ChangedResult } from './changed-results.js';

/** Ids of the requests whose changes are drawn, folded from `revision-plan-<revisionId>`. */
type Drawn = ReadonlySet<string>;

const evolve = (drawn: Drawn | undefined, event: HarmonyEvent): Drawn | undefined =>
  event.type === 'RevisionChangesDrawn' ? new Set(drawn).add(event.data.requestedBy) : drawn;

/** Draws the changed results that are looked at: once for each request. */
@JobRunner()
@Injectable()
export class DrawChangesJob implements JobDefinition<DrawChangesPayload> {
  readonly name = drawChangesJob;
  readonly payload = drawChangesPayload;
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;
  private readonly plans: StateStreams<Drawn>;

  constructor(
    private readonly projects: Projects,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.plans = new StateStreams(store, { stream: streams.revisionPlan, evolve });
  }

  async run(payload: DrawChangesPayload, { workspaceId, correlationId, signal }: JobContext): Promise<void> {
    const { revisionId, projectId, sample } = payload;
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const { state: project } = await this.projects.load(projectId);
    const definitionIds = project && !project.isDeleted ? [...project.definitions.keys()] : [];
    const reads = workerReads(this.pool, workspaceId, signal);
    const changes = await changedResults(reads, { revisionId, projectId, definitionIds }, sample);
    await this.append(payload, { workspaceId, correlationId }, changes);
  }

  /** Nothing is looked into, so that nobody waits for it; whoever likes asks again. */
  failed(payload: DrawChangesPayload, _error: unknown, context: JobContext): Promise<void> {
    return this.append(payload, context, []);
  }

  private async append(
    { revisionId, projectId, requestedBy }: DrawChangesPayload,
    context: Pick<JobContext, 'workspaceId' | 'correlationId'>,
    changes: ChangedResult[],
  ): Promise<void> {
    const cause = systemCause(requestedBy, context, this.clock);
    await this.plans.change(revisionId, cause, { decision: 'drawn' }, (drawn) =>
      drawn?.has(requestedBy) ? [] : [fact('RevisionChangesDrawn', { revisionId, projectId, requestedBy, changes })],
    );
  }
}
