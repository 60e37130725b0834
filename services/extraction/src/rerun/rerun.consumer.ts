import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext, NewJob } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { rerunExtractionJob, type RerunExtractionPayload } from './rerun-extraction.job.js';

/** Has conversations looked through again, where a revision begins with that, or has just transcribed them. */
@Controller()
export class RerunConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('RevisionBatchPlanned')
  async onPlanned(@Payload() event: EventOf<'RevisionBatchPlanned'>, @Ctx() context: MessageContext): Promise<void> {
    const { revisionId, conversations } = event.data;
    const begun = conversations.filter(({ stage }) => stage === 'EXTRACTORS');
    const jobs = begun.map(({ conversationId, runId }) => jobOf(event, { conversationId, revisionId, runId }));
    if (jobs.length > 0) await context.once((transaction) => this.jobs.enqueueAll(jobs, transaction));
  }

  @EventPattern<EventType>('RerunTranscriptRecorded')
  async onTranscript(
    @Payload() event: EventOf<'RerunTranscriptRecorded'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const { conversationId, revisionId, runId } = event.data;
    const job = jobOf(event, { conversationId, revisionId, runId });
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}

function jobOf(
  { workspaceId, correlationId, id: cause }: EventOf<'RevisionBatchPlanned' | 'RerunTranscriptRecorded'>,
  rerun: Omit<RerunExtractionPayload, 'cause'>,
): NewJob {
  const payload: RerunExtractionPayload = { ...rerun, cause };
  return { name: rerunExtractionJob, workspaceId, correlationId, key: rerun.runId, priority: 'revision', payload };
}
