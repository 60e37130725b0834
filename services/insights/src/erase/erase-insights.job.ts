import { streams, type EventDataOf } from '@harmony/contracts';
import { isConflict, type EventStore } from '@harmony/event-store';
import { eventsFrom, fact, type Cause, type Clock } from '@harmony/kernel';
import { DeadLetters, type JobContext, type JobDefinition } from '@harmony/messaging';
import { forgetArchived } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JobRunner, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { Replies } from '../journal/replies.js';
import { resultsProjection } from '../projections/results.projection.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { isGone } from '../streams/unless-deleted.js';
import { systemCause } from '../streams/system-cause.js';
import { KeptUsage } from '../usage/kept-usage.js';
import { WaitingJobs } from '../usage/waiting-jobs.js';
import { eraseInsightsJob, erasePayload, type ErasePayload } from './erase.js';
import { erasedBy } from './erased-by.js';

const maximumConflicts = 20;

/**
 * Takes away everything that was asked about a deleted conversation but what it cost. The tombstone comes first, and
 * names what is in the stream that is deleted then: a crash between the two leaves a job that begins again.
 */
@JobRunner()
@Injectable()
export class EraseInsightsJob implements JobDefinition<ErasePayload> {
  readonly name = eraseInsightsJob.name;
  readonly payload = erasePayload;
  /** Over days: what somebody wants forgotten is not given up because a disk was away over the weekend. */
  readonly attempts = 40;
  readonly timeLimitMs = 10 * 60_000;

  constructor(
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly waitingJobs: WaitingJobs,
    private readonly keptUsage: KeptUsage,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ erasedConversationId: conversationId, cause }: ErasePayload, context: JobContext): Promise<void> {
    await this.erase(conversationId, systemCause(cause, context, this.clock));
    await this.replies.forgetConversation(conversationId);
    await this.waitingJobs.forgetConversation(conversationId);
    await new DeadLetters(this.pool).erase(streams.insights(conversationId));
    // What a replay put aside is no part of the read model any more.
    await forgetArchived(this.pool, resultsProjection, conversationId);
  }

  /** Jobs that still run may append meanwhile; what they append is erased with the rest. */
  private async erase(conversationId: string, cause: Cause): Promise<void> {
    const stream = streams.insights(conversationId);
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        const { state, revision } = await this.insights.load(conversationId);
        const usage = await this.keptUsage.ofConversation(conversationId);
        await this.bury(conversationId, erasedBy(state, conversationId, usage), revision, cause);
        await this.store.deleteStream(stream, revision < 0 ? 'none' : revision);
        return;
      } catch (error) {
        if (isGone(error)) return;
        if (!isConflict(error) || conflicts === maximumConflicts) throw error;
      }
    }
  }

  private async bury(
    conversationId: string,
    erased: readonly EventDataOf<'InsightsErased'>[],
    revision: number,
    cause: Cause,
  ): Promise<void> {
    const tombstone = streams.tombstone(conversationId);
    const facts = erased.map((each) => fact('InsightsErased', each));
    for (const event of eventsFrom(cause, `${tombstone}/insights-at-${revision}`, facts)) {
      await this.store.append(tombstone, [event], 'any');
    }
  }
}
