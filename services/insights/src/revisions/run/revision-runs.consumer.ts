import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { WaitingJobs } from '../../usage/waiting-jobs.js';
import { newBatchJobs } from './run-batch.js';
import { newRunJob } from './run-revision.js';

/** Has the conversations of revisions run, as soon as their earlier stages are there. */
@Controller()
export class RevisionRunsConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly waitingJobs: WaitingJobs,
  ) {}

  @EventPattern<EventType>('RevisionBatchPlanned')
  async onPlanned(@Payload() event: EventOf<'RevisionBatchPlanned'>, @Ctx() context: MessageContext): Promise<void> {
    const { revisionId, conversations } = event.data;
    const begin = conversations.filter(({ stage }) => stage === 'INSIGHTS');
    const runs = begin.map(({ conversationId, runId }) => ({ conversationId, runId }));
    const jobs = newBatchJobs(event, { revisionId, cause: event.id, runs });
    await context.once((transaction) => this.jobs.enqueueAll(jobs, transaction));
  }

  @EventPattern<EventType>('RerunExtractionRecorded')
  async onExtractedAgain(
    @Payload() event: EventOf<'RerunExtractionRecorded'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const { conversationId, revisionId, runId, transcriptVersion, extractionVersion } = event.data;
    const rerun = { transcriptVersion, extractionVersion };
    const job = newRunJob(event, { conversationId, revisionId, runId, cause: event.id, rerun });
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }

  /** What waits for the budget finds out that nobody waits for it any more; everything else waits again. */
  @EventPattern<EventType>('RevisionCancelled')
  async onCancelled(@Payload() event: EventOf<'RevisionCancelled'>): Promise<void> {
    await this.waitingJobs.release(event.workspaceId);
  }
}
