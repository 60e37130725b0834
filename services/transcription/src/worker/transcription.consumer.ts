import { HarmonyError, type EventOf, type EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { nextStep, type TranscriptionStep } from '../domain/transcription.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { prepareRecordingJob, transcribeJob } from './job-names.js';

type Cause = EventOf<'RecordingReceived' | 'RecordingPrepared' | 'ConversationRetried'>;

const jobOfStep: Readonly<Record<TranscriptionStep, string | undefined>> = {
  PREPARE: prepareRecordingJob,
  TRANSCRIBE: transcribeJob,
  NOTHING: undefined,
};

/** Moves each recording to its next step when the one before is recorded. */
@Controller()
export class TranscriptionConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly transcriptions: TranscriptionStreams,
  ) {}

  @EventPattern<EventType>('RecordingReceived')
  async onReceived(@Payload() event: EventOf<'RecordingReceived'>, @Ctx() context: MessageContext): Promise<void> {
    await this.enqueue(prepareRecordingJob, event, context);
  }

  @EventPattern<EventType>('RecordingPrepared')
  async onPrepared(@Payload() event: EventOf<'RecordingPrepared'>, @Ctx() context: MessageContext): Promise<void> {
    await this.enqueue(transcribeJob, event, context);
  }

  /** What was prepared stays prepared. */
  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>, @Ctx() context: MessageContext): Promise<void> {
    const job = jobOfStep[await this.stepOf(event.data.conversationId)];
    if (job) await this.enqueue(job, event, context);
  }

  private async stepOf(conversationId: string): Promise<TranscriptionStep> {
    try {
      const { state } = await this.transcriptions.load(conversationId);
      return state ? nextStep(state) : 'NOTHING';
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return 'NOTHING';
      throw error;
    }
  }

  /** A job of its own for each event: the one before may not be cleared away yet when a retry comes. */
  private async enqueue(name: string, event: Cause, context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, id, data } = event;
    const { conversationId } = data;
    const job = {
      name,
      workspaceId,
      correlationId,
      key: `${name}/${conversationId}/${id}`,
      payload: { conversationId },
    };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }
}
