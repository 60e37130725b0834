import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { CompleteConversation } from '../complete-conversation/complete-conversation.js';
import { structureTranscriptJob } from '../structure-transcript/structure-transcript.job.js';

type AboutConversation = EventOf<'ConversationSubmitted' | 'TranscriptReceived'>;

/** Moves each conversation to its next step when the one before is recorded. */
@Controller()
export class ConversationConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly completeConversation: CompleteConversation,
  ) {}

  /** Text comes with its submission; a recording or a link is followed by an event of its own. */
  @EventPattern<EventType>('ConversationSubmitted')
  async onSubmitted(@Payload() event: EventOf<'ConversationSubmitted'>, @Ctx() context: MessageContext): Promise<void> {
    if (event.data.content) await this.enqueue(structureTranscriptJob, event, context);
  }

  @EventPattern<EventType>('TranscriptReceived')
  async onReceived(@Payload() event: EventOf<'TranscriptReceived'>, @Ctx() context: MessageContext): Promise<void> {
    await this.enqueue(structureTranscriptJob, event, context);
  }

  @EventPattern<EventType>('TranscriptRecorded')
  async onTranscriptRecorded(@Payload() event: EventOf<'TranscriptRecorded'>): Promise<void> {
    await this.completeConversation.after(event);
  }

  private async enqueue(name: string, event: AboutConversation, context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId } = data;
    const job = { name, workspaceId, correlationId, key: `${name}/${conversationId}`, payload: { conversationId } };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }
}
