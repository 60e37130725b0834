import { HarmonyError, streams } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { eventsFrom, fact, type Cause, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import { DeadLetters } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { forgetArchived } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JOB_QUEUE, JobRunner, OBJECT_STORE, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { z } from 'zod';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { removeObjects } from './remove-objects.js';

export const eraseConversationJob = 'ingestion.erase-conversation';

const payload = z.object({
  conversationId: z.uuid(),
  /** Id of the event that deleted the conversation. */
  cause: z.string(),
  /** What the stream cannot tell any more once it is gone. */
  transcripts: z.array(z.object({ version: z.int().positive(), chunkCount: z.int().nonnegative() })),
});
export type EraseConversationPayload = z.output<typeof payload>;

/**
 * Takes away everything of a deleted conversation but its tombstone. Each step is harmless to repeat: a crash anywhere
 * leaves a job that begins again. The tombstone stands before the stream goes, and the deletion with it: whoever reads
 * the log at any moment finds one of the two.
 */
@JobRunner()
@Injectable()
export class EraseConversationJob implements JobDefinition<EraseConversationPayload> {
  readonly name = eraseConversationJob;
  readonly payload = payload;
  /** Over days: what somebody wants forgotten is not given up because a disk was away over the weekend. */
  readonly attempts = 40;
  readonly timeLimitMs = 10 * 60_000;

  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ conversationId, cause, transcripts }: EraseConversationPayload, context: JobContext): Promise<void> {
    const { workspaceId, correlationId, signal } = context;
    const prefix = `${workspaceId}/conversations/${conversationId}/`;
    const stream = streams.conversation(conversationId);
    await this.jobs.cancel(workspaceId, { conversationId });
    await this.abortUpload(conversationId);
    await removeObjects(this.objects, prefix, signal);
    await this.bury(conversationId, transcripts, {
      causationId: cause,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'ingestion' },
      occurredAt: this.clock.now().toISOString(),
    });
    await this.store.deleteStream(stream, 'any');
    // A job that ran meanwhile may have written one more; from here on it finds the stream gone and takes it back itself.
    await removeObjects(this.objects, prefix, signal);
    await new DeadLetters(this.pool).erase(stream);
    await forgetArchived(this.pool, conversationsProjection, conversationId);
  }

  /** Parts of a file that never became an object; who they belong to only the stream tells. */
  private async abortUpload(conversationId: string): Promise<void> {
    try {
      const { state } = await this.conversations.load(conversationId);
      if (!state?.lastUpload) return;
      const { storeUploadId: id, key, bytes, partBytes, declaredType } = state.lastUpload;
      await this.objects.abortUpload({ id, key, bytes, partBytes, contentType: declaredType ?? '' });
    } catch (error) {
      if (!(error instanceof HarmonyError && error.code === 'STREAM_DELETED')) throw error;
    }
  }

  private async bury(
    conversationId: string,
    transcripts: EraseConversationPayload['transcripts'],
    cause: Cause,
  ): Promise<void> {
    const tombstone = streams.tombstone(conversationId);
    const erased = fact('ConversationErased', { conversationId, transcripts });
    // Other services bury what they had of it here too, in any order.
    await this.store.append(tombstone, eventsFrom(cause, tombstone, [erased]), 'any');
  }
}
