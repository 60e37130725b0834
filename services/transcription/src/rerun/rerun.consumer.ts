import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext, NewJob } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { rerunTranscriptJob, type RerunTranscriptPayload } from './rerun-transcript.job.js';

/** Has recordings transcribed again, where a revision begins with that. */
@Controller()
export class RerunConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('RevisionBatchPlanned')
  async onPlanned(@Payload() event: EventOf<'RevisionBatchPlanned'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, id: cause, data } = event;
    const { projectId, revisionId } = data;
    const jobs = data.conversations
      .filter(({ stage }) => stage === 'TRANSCRIPTION')
      .map(({ conversationId, runId }): NewJob => {
        const payload: RerunTranscriptPayload = { conversationId, projectId, revisionId, runId, cause };
        return { name: rerunTranscriptJob, workspaceId, correlationId, key: runId, priority: 'revision', payload };
      });
    if (jobs.length > 0) await context.once((transaction) => this.jobs.enqueueAll(jobs, transaction));
  }
}
