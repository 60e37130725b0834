import { HarmonyError, type EventOf, type EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { forgetArchived } from '@harmony/read-model';
import { JOB_QUEUE, WORKER_POOL } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Pool } from 'pg';
import { isDue } from '../domain/extracting.js';
import {
  extractConversationJob,
  type ExtractConversationPayload,
} from '../extract-conversation/extract-conversation.job.js';
import { Replies } from '../journal/replies.js';
import { extractionsProjection } from '../projections/extractions.projection.js';
import { ExtractingStreams } from '../streams/conversation-streams.js';

/** Has each conversation looked through when its transcript is whole, and again when somebody wants that. */
@Controller()
export class ExtractionConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    private readonly replies: Replies,
    private readonly conversations: ExtractingStreams,
  ) {}

  @EventPattern<EventType>('TranscriptRecorded')
  async onTranscript(@Payload() event: EventOf<'TranscriptRecorded'>, @Ctx() context: MessageContext): Promise<void> {
    await this.enqueue(event, context);
  }

  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>, @Ctx() context: MessageContext): Promise<void> {
    await this.enqueue(event, context);
  }

  /** What is no part of the read model would keep what was said: what a replay put aside, and replies of models. */
  @EventPattern<EventType>('ConversationErased')
  async onErased(@Payload() event: EventOf<'ConversationErased'>): Promise<void> {
    const { conversationId } = event.data;
    await forgetArchived(this.pool, extractionsProjection, conversationId);
    await this.replies.forgetConversation(conversationId);
  }

  /** A job of its own for each event: the one before may not be cleared away yet when a retry comes. */
  private async enqueue(
    event: EventOf<'TranscriptRecorded' | 'ConversationRetried'>,
    context: MessageContext,
  ): Promise<void> {
    const { workspaceId, correlationId, id, data } = event;
    const { conversationId } = data;
    if (!(await this.isDue(conversationId))) return;
    const payload: ExtractConversationPayload = { conversationId };
    const key = `${extractConversationJob}/${conversationId}/${id}`;
    const job = { name: extractConversationJob, workspaceId, correlationId, key, payload };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }

  private async isDue(conversationId: string): Promise<boolean> {
    try {
      return isDue((await this.conversations.load(conversationId)).state);
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return false;
      throw error;
    }
  }
}
