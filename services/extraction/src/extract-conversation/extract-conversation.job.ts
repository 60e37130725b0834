import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict, type Loaded } from '@harmony/event-store';
import type { Cause, Clock, Fact } from '@harmony/kernel';
import { usageOf } from '@harmony/llm';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { CLOCK, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { decideAttempt, decideAttemptFailure, decideExtraction, decideFailure } from '../domain/decide.js';
import { isDue, type Due, type Extracting } from '../domain/extracting.js';
import { Replies } from '../journal/replies.js';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { Extractor } from './extractor.js';

export const extractConversationJob = 'extraction.extract-conversation';

const payload = z.object({ conversationId: z.uuid() });
export type ExtractConversationPayload = z.output<typeof payload>;

/** Has an analyst look through a conversation and records what it says. A run that was killed begins again. */
@JobRunner()
@Injectable()
export class ExtractConversationJob implements JobDefinition<ExtractConversationPayload> {
  readonly name = extractConversationJob;
  readonly payload = payload;
  readonly attempts = 8;
  /** A long transcript is many calls to somebody else's server. */
  readonly timeLimitMs = 30 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly conversations: ExtractingStreams,
    private readonly spoken: SpokenStreams,
    private readonly extractor: Extractor,
    private readonly replies: Replies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A failure that cannot pass by itself ends the conversation; any other is thrown, for the runner to try again, after
   * it was recorded. One that is deleted meanwhile is done.
   */
  async run({ conversationId }: ExtractConversationPayload, context: JobContext): Promise<void> {
    try {
      const begun = await this.begin(conversationId, context);
      if (isDue(begun.state)) await this.extract(begun, begun.state, context);
      // Only a model replies; one that was asked before may have been another one.
      if (this.extractor.isMetered || context.attempt > 1) await this.replies.forget(conversationId);
    } catch (error) {
      if (isGone(error)) return this.replies.forgetConversation(conversationId);
      if (context.signal.aborted) throw error;
      // That somebody else was faster, again and again, passes by itself.
      if (errorKind(error) === 'rejected' && !isConflict(error)) {
        return this.failed({ conversationId }, error, context);
      }
      if (!context.lastAttempt && errorKind(error) !== 'poison') {
        await this.change(conversationId, context, 'attempt-failed', (current) =>
          decideAttemptFailure(current, codeOf(error), this.clock.now()),
        );
      }
      throw error;
    }
  }

  /** The conversation says with which code it was given up. */
  async failed({ conversationId }: ExtractConversationPayload, error: unknown, context: JobContext): Promise<void> {
    try {
      await this.change(conversationId, context, 'failed', (current) =>
        decideFailure(current, { code: codeOf(error), usage: usageOf(error) }, this.clock.now()),
      );
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
    // Whoever tries again asks again: what was replied was of no use.
    await this.replies.forget(conversationId);
  }

  private async begin(id: string, context: JobContext): Promise<Loaded<Extracting>> {
    const seen = await this.conversations.load(id);
    const { state } = seen;
    if (!state) return seen;
    const decision = `extraction-attempt-${state.attempts}`;
    return this.conversations.changeSeen(id, seen, this.causeFor(state, context), { decision }, decideAttempt);
  }

  private async extract(begun: Loaded<Extracting>, due: Due, context: JobContext): Promise<void> {
    const { conversationId, workspaceId } = due;
    const { state: spoken } = await this.spoken.load(conversationId);
    // Another one is on its way: the event that brings it asks for its extraction.
    if (spoken?.transcriptVersion !== due.transcriptVersion) return;
    const { signal } = context;
    const journal = this.replies.journalOf(conversationId);
    const made = await this.extractor.extract(spoken, { conversationId, workspaceId, signal, journal });
    signal.throwIfAborted();
    const cause = this.causeFor(due, context);
    const recorded = { decision: 'extraction-recorded' };
    await this.conversations.changeSeen(conversationId, begun, cause, recorded, (current) =>
      decideExtraction(current, due, made, this.clock.now()),
    );
  }

  /** Appends what is decided; the number of the try keeps apart what different tries lead to. */
  private async change(
    id: string,
    context: JobContext,
    what: string,
    decide: (current: Extracting | undefined) => readonly Fact[],
  ): Promise<void> {
    const { state } = await this.conversations.load(id);
    if (!state) return;
    const decision = `extraction-${what}-${state.attempts}`;
    await this.conversations.change(id, this.causeFor(state, context), { decision }, decide);
  }

  /** On whose behalf the events of the stage are appended: of whatever asked for this extraction. */
  private causeFor({ cause }: Extracting, { workspaceId, correlationId }: JobContext): Cause {
    return {
      causationId: cause,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'extraction' },
      occurredAt: this.clock.now().toISOString(),
    };
  }
}

const codeOf = (error: unknown): ErrorCode => (error instanceof HarmonyError ? error.code : 'INTERNAL');

const isGone = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
