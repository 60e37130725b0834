import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { CompleteConversation } from '../complete-conversation/complete-conversation.js';
import { eraseConversationJob, type EraseConversationPayload } from '../deletion/erase-conversation.job.js';
import { unlessDeleted } from '../deletion/unless-deleted.js';
import { fetchFileJob } from '../import-url/fetch-file.job.js';
import { nextStep, type PipelineStep } from '../domain/conversation.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { structureTranscriptJob } from '../structure-transcript/structure-transcript.job.js';

type AboutConversation = EventOf<'ConversationSubmitted' | 'TranscriptReceived' | 'ConversationRetried'>;

/** Services of their own transcribe, extract and answer. */
const jobOfStep: Partial<Record<PipelineStep, string>> = {
  FETCH_FILE: fetchFileJob,
  STRUCTURE_TRANSCRIPT: structureTranscriptJob,
};

/** Moves each conversation to its next step when the one before is recorded. */
@Controller()
export class ConversationConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly completeConversation: CompleteConversation,
    private readonly conversations: ConversationStreams,
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

  /** A revision asks again about the past, and moves no conversation. */
  @EventPattern<EventType>('InsightsRunStarted')
  async onRunStarted(@Payload() event: EventOf<'InsightsRunStarted'>): Promise<void> {
    if (event.data.kind === 'PIPELINE') await unlessDeleted(this.completeConversation.begin(event));
  }

  @EventPattern<EventType>('InsightsRunCompleted')
  async onRunCompleted(@Payload() event: EventOf<'InsightsRunCompleted'>): Promise<void> {
    if (event.data.kind === 'PIPELINE') await unlessDeleted(this.completeConversation.finish(event));
  }

  @EventPattern<EventType>('InsightsRunFailed')
  async onRunFailed(@Payload() event: EventOf<'InsightsRunFailed'>): Promise<void> {
    if (event.data.kind === 'PIPELINE') await unlessDeleted(this.completeConversation.fail(event));
  }

  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>, @Ctx() context: MessageContext): Promise<void> {
    const job = await this.jobOf(event.data.conversationId);
    if (!job) return;
    await this.enqueue(job, event, context);
  }

  @EventPattern<EventType>('ConversationDeleted')
  async onDeleted(@Payload() event: EventOf<'ConversationDeleted'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId, transcripts = [] } = data;
    const payload: EraseConversationPayload = { conversationId, cause: event.id, transcripts };
    const job = { name: eraseConversationJob, workspaceId, correlationId, key: conversationId, payload };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }

  /** What comes next, where it is a job of this service. */
  private async jobOf(conversationId: string): Promise<string | undefined> {
    let job: string | undefined;
    await unlessDeleted(
      this.conversations.load(conversationId).then(({ state }) => {
        job = state && jobOfStep[nextStep(state)];
      }),
    );
    return job;
  }

  /** A job of its own for each event: one that failed before may not be cleared away yet. */
  private async enqueue(name: string, event: AboutConversation, context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data, id } = event;
    const { conversationId } = data;
    const key = `${name}/${conversationId}/${id}`;
    const job = { name, workspaceId, correlationId, key, payload: { conversationId } };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }
}
