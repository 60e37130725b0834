import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Cause, Clock, Fact } from '@harmony/kernel';
import { usageOf } from '@harmony/llm';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { CLOCK, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Extracting } from '../domain/extracting.js';
import { Extractor } from '../extract-conversation/extractor.js';
import { Replies } from '../journal/replies.js';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { decideRerunExtraction, decideRerunFailure, decideTakeOver, isWaiting, transcriptOf } from './decide-rerun.js';

export const rerunExtractionJob = 'extraction.rerun-extraction';

const payload = z.object({
  ...{ conversationId: z.uuid(), revisionId: z.uuid(), runId: z.uuid() },
  /** Id of the event that asked for it. */
  cause: z.string(),
});
export type RerunExtractionPayload = z.output<typeof payload>;

/**
 * Has the analyst of now look through a conversation, for one run of a revision: through the transcript that the
 * revision made, else through the conversation's own. The conversation keeps the extraction that it has. What was
 * cancelled is not begun; what an analyst was paid for is recorded.
 */
@JobRunner()
@Injectable()
export class RerunExtractionJob implements JobDefinition<RerunExtractionPayload> {
  readonly name = rerunExtractionJob;
  readonly payload = payload;
  readonly attempts = 8;
  /** A long transcript is many calls to somebody else's server. */
  readonly timeLimitMs = 30 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly conversations: ExtractingStreams,
    private readonly spoken: SpokenStreams,
    private readonly revisions: RevisionStreams,
    private readonly extractor: Extractor,
    private readonly replies: Replies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A failure that cannot pass by itself ends the run; any other is thrown, for the runner to try again. */
  async run(rerun: RerunExtractionPayload, context: JobContext): Promise<void> {
    const { conversationId, runId } = rerun;
    try {
      await this.extract(rerun, context);
      if (this.extractor.isMetered || context.attempt > 1) await this.replies.forget(conversationId, runId);
    } catch (error) {
      if (isGone(error)) return this.replies.forgetConversation(conversationId);
      // That somebody else was faster, again and again, passes by itself.
      if (context.signal.aborted || errorKind(error) !== 'rejected' || isConflict(error)) throw error;
      await this.failed(rerun, error, context);
    }
  }

  async failed(rerun: RerunExtractionPayload, error: unknown, context: JobContext): Promise<void> {
    const failure = { code: codeOf(error), usage: usageOf(error) };
    try {
      const isFree = failure.usage.calls === 0;
      if (!isFree || !(await this.revisions.isCancelled(rerun.revisionId))) {
        await this.change(rerun, context, 'failed', (current) => decideRerunFailure(current, rerun, failure));
      }
    } catch (reason) {
      if (!isGone(reason)) throw reason;
    }
    // Whoever tries again asks again: what was replied was of no use.
    await this.replies.forget(rerun.conversationId, rerun.runId);
  }

  private async extract(rerun: RerunExtractionPayload, context: JobContext): Promise<void> {
    const { conversationId, runId } = rerun;
    const { state } = await this.conversations.load(conversationId);
    if (!isWaiting(state, rerun) || (await this.revisions.isCancelled(rerun.revisionId))) return;
    if (decideTakeOver(state, rerun).length > 0) {
      return this.change(rerun, context, 'taken-over', (current) => decideTakeOver(current, rerun));
    }
    const version = transcriptOf(state, rerun);
    if (version === null) throw new HarmonyError('TRANSCRIPT_NOT_READY');
    const { state: spoken } = await this.spoken.load(conversationId, version);
    if (!spoken) return;
    const journal = this.replies.journalOf(conversationId, runId);
    const { workspaceId, signal } = context;
    const wish = { conversationId, workspaceId, signal, journal, priority: 'revision' as const };
    const made = await this.extractor.extract(spoken, wish);
    signal.throwIfAborted();
    await this.change(rerun, context, 'recorded', (current) => decideRerunExtraction(current, rerun, version, made));
  }

  private async change(
    { conversationId, runId, cause }: RerunExtractionPayload,
    { workspaceId, correlationId }: JobContext,
    what: string,
    decide: (current: Extracting | undefined) => readonly Fact[],
  ): Promise<void> {
    const occurredAt = this.clock.now().toISOString();
    const actor = { kind: 'SYSTEM', id: 'extraction' } as const;
    const because: Cause = { causationId: cause, correlationId, workspaceId, actor, occurredAt };
    const decision = `rerun-extraction-${what}-${runId}`;
    await this.conversations.change(conversationId, because, { decision }, decide);
  }
}

const codeOf = (error: unknown): ErrorCode => (error instanceof HarmonyError ? error.code : 'INTERNAL');

const isGone = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
