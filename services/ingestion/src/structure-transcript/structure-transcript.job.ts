import { HarmonyError, type ErrorCode, type StoredObject, type TranscriptFormat } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import { decodeText, inSlices, transcriptFacts, type Transcript } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { unlessDeleted } from '../deletion/unless-deleted.js';
import { nextStep, type Conversation } from '../domain/conversation.js';
import { decideFailure } from '../domain/decide.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { originOf, transcriptOf } from './formats.js';

export const structureTranscriptJob = 'ingestion.structure-transcript';

const payload = z.object({ conversationId: z.uuid() });
export type StructureTranscriptPayload = z.output<typeof payload>;

const maximumConflicts = 5;

/** Turns a text or file of any format into a transcript and records it, chunk by chunk. Goes on where it was interrupted. */
@JobRunner()
@Injectable()
export class StructureTranscriptJob implements JobDefinition<StructureTranscriptPayload> {
  readonly name = structureTranscriptJob;
  readonly payload = payload;
  readonly attempts = 8;
  readonly timeLimitMs = 5 * 60_000;

  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ conversationId }: StructureTranscriptPayload, context: JobContext): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await unlessDeleted(this.recordTranscript(conversationId, context));
      } catch (error) {
        // Another runner took over after this one lost its lease; both record the same facts.
        if (!isConflict(error) || attempt === maximumConflicts) throw error;
      }
    }
  }

  /** Called when the transcript cannot be made: the conversation says so, and with which code. */
  async failed({ conversationId }: StructureTranscriptPayload, error: unknown, context: JobContext): Promise<void> {
    await unlessDeleted(this.recordFailure(conversationId, error, context));
  }

  private async recordFailure(conversationId: string, error: unknown, context: JobContext): Promise<void> {
    const { state: conversation } = await this.conversations.load(conversationId);
    if (!conversation) return;
    const code: ErrorCode = error instanceof HarmonyError ? error.code : 'INTERNAL';
    const cause = this.causeFor(conversation, context);
    await this.conversations.change(conversationId, cause, { decision: 'transcription-failed' }, (current) =>
      decideFailure(current, 'STRUCTURE_TRANSCRIPT', code),
    );
  }

  private async recordTranscript(conversationId: string, context: JobContext): Promise<void> {
    const { state: conversation, revision } = await this.conversations.load(conversationId);
    if (!conversation?.content || nextStep(conversation) !== 'STRUCTURE_TRANSCRIPT') return;
    const { version: transcriptVersion, chunks: done } = conversation.transcript;
    const { content, format } = conversation;
    const transcript = await structure(format, await this.readText(content), context.signal);
    if (transcript instanceof HarmonyError) return this.recordFailure(conversationId, transcript, context);
    const facts = transcriptFacts({ conversationId, transcriptVersion }, transcript, originOf(format));
    const rest = { done, revision, signal: context.signal };
    await this.conversations.appendRest(conversationId, this.causeFor(conversation, context), facts, rest);
  }

  private async readText(content: StoredObject): Promise<string> {
    const bytes = await buffer(await this.objects.get(content.key));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== content.sha256) {
      throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The stored text is not the one that was submitted.' });
    }
    return decodeText(bytes);
  }

  private causeFor({ transcript }: Conversation, { workspaceId, correlationId }: JobContext): Cause {
    return {
      causationId: transcript.cause,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'ingestion' },
      occurredAt: this.clock.now().toISOString(),
    };
  }
}

/** A file that is not what it was taken for never will be: that is an answer, and trying again is of no use. */
async function structure(
  format: TranscriptFormat,
  text: string,
  signal: AbortSignal,
): Promise<Transcript | HarmonyError> {
  try {
    return await inSlices(transcriptOf(format, text), signal);
  } catch (error) {
    if (error instanceof HarmonyError && error.kind === 'rejected') return error;
    throw error;
  }
}
