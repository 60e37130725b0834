import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { CompleteConversation } from '../complete-conversation/complete-conversation.js';
import { structureTranscriptJob } from '../structure-transcript/structure-transcript.job.js';

/** Moves each conversation to its next step when the one before is recorded. */
@Controller()
export class ConversationConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly completeConversation: CompleteConversation,
  ) {}

  @EventPattern<EventType>('ConversationSubmitted')
  async onSubmitted(@Payload() event: EventOf<'ConversationSubmitted'>, @Ctx() context: MessageContext): Promise<void> {
    const { conversationId } = event.data;
    await context.once((transaction) =>
      this.jobs.enqueue(
        {
          name: structureTranscriptJob,
          workspaceId: event.workspaceId,
          correlationId: event.correlationId,
          key: `${structureTranscriptJob}/${conversationId}`,
          priority: 'live',
          payload: { conversationId },
        },
        transaction,
      ),
    );
  }

  @EventPattern<EventType>('TranscriptRecorded')
  async onTranscriptRecorded(@Payload() event: EventOf<'TranscriptRecorded'>): Promise<void> {
    await this.completeConversation.after(event);
  }
}
