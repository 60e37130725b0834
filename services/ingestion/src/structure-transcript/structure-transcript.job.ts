import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { nextStep, type Conversation } from '../domain/conversation.js';
import { decideTranscriptionFailure, transcriptFacts } from '../domain/decide.js';
import { structureTranscript } from '../domain/transcript/structure-transcript.js';
import { ConversationStreams, isConflict } from '../streams/conversation-streams.js';

export const structureTranscriptJob = 'ingestion.structure-transcript';

const payload = z.object({ conversationId: z.uuid() });
export type StructureTranscriptPayload = z.output<typeof payload>;

/** The event of the submission stands at revision 0; the transcript follows it without a gap. */
const firstRevision = 0;
const maximumConflicts = 5;

/** Turns a pasted text into a transcript and records it, chunk by chunk. Goes on where it was interrupted. */
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
        return await this.recordTranscript(conversationId, context);
      } catch (error) {
        // Another runner took over after this one lost its lease; both record the same facts.
        if (!isConflict(error) || attempt === maximumConflicts) throw error;
      }
    }
  }

  /** Called when the transcript cannot be made: the conversation says so, and with which code. */
  async failed({ conversationId }: StructureTranscriptPayload, error: unknown, context: JobContext): Promise<void> {
    const { conversation } = await this.conversations.load(conversationId);
    if (!conversation) return;
    const code: ErrorCode = error instanceof HarmonyError ? error.code : 'INTERNAL';
    const cause = this.causeFor(conversation, context);
    await this.conversations.change(conversationId, cause, { decision: 'transcription-failed' }, (current) =>
      decideTranscriptionFailure(current, code),
    );
  }

  private async recordTranscript(conversationId: string, context: JobContext): Promise<void> {
    const { conversation, revision } = await this.conversations.load(conversationId);
    if (!conversation || nextStep(conversation) !== 'STRUCTURE_TRANSCRIPT') return;
    const transcript = structureTranscript(await this.readText(conversation));
    const facts = transcriptFacts(conversationId, transcript);
    const rest = { done: revision - firstRevision, revision, signal: context.signal };
    await this.conversations.appendRest(conversationId, this.causeFor(conversation, context), facts, rest);
  }

  private async readText({ content }: Conversation): Promise<string> {
    const bytes = await buffer(await this.objects.get(content.key));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== content.sha256) {
      throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The stored text is not the one that was submitted.' });
    }
    return bytes.toString('utf8');
  }

  private causeFor({ submittedBy }: Conversation, { workspaceId, correlationId }: JobContext): Cause {
    return {
      causationId: submittedBy,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'ingestion' },
      occurredAt: this.clock.now().toISOString(),
    };
  }
}
