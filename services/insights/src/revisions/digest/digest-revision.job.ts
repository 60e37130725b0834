import type { EventStore } from '@harmony/event-store';
import { fact, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { resultsProjection } from '../../projections/results.projection.js';
import { systemCause } from '../../streams/system-cause.js';
import { workerReads } from '../reads.js';
import { digestOf } from './digest-of.js';
import { digestRevisionJob, digestRevisionPayload, type DigestRevisionPayload } from './digest-revision.js';
import { PublishedDigests } from './published-digests.js';

/** Computes the digest of a revision that was put in force, and publishes it: once each time. */
@JobRunner()
@Injectable()
export class DigestRevisionJob implements JobDefinition<DigestRevisionPayload> {
  readonly name = digestRevisionJob;
  readonly payload = digestRevisionPayload;
  /** Over days: nobody asks for it again. */
  readonly attempts = 40;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly published: PublishedDigests,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(
    { revisionId, projectId, madeLive }: DigestRevisionPayload,
    { workspaceId, correlationId, signal }: JobContext,
  ): Promise<void> {
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const digest = await digestOf(workerReads(this.pool, workspaceId, signal), revisionId);
    const cause = systemCause(madeLive, { workspaceId, correlationId }, this.clock);
    await this.published.change(revisionId, cause, { decision: 'digest' }, (current) =>
      current?.madeLive.has(madeLive) ? [] : [fact('RevisionDigested', { revisionId, projectId, madeLive, ...digest })],
    );
  }
}
