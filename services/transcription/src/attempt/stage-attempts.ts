import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict, type Loaded } from '@harmony/event-store';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideAttempt, decideAttemptFailure, decideFailure } from '../domain/decide.js';
import { nextStep, type Transcription, type TranscriptionStep } from '../domain/transcription.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';

/** A conversation whose turn it is, and on whose behalf its events are appended. */
export interface Attempt extends Loaded<Transcription> {
  readonly state: Transcription;
  readonly cause: Cause;
}

/** What jobs of the stage have in common: tries are counted and recorded, and what is deleted leaves nothing behind. */
@Injectable()
export class StageAttempts {
  constructor(
    private readonly transcriptions: TranscriptionStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Does the work if it is what comes next for the conversation. A failure that cannot pass by itself ends the
   * conversation; any other is thrown, for the runner to try again, after it was recorded.
   */
  async run(
    conversationId: string,
    step: TranscriptionStep,
    context: JobContext,
    work: (attempt: Attempt) => Promise<void>,
  ): Promise<void> {
    try {
      const attempt = await this.begin(conversationId, step, context);
      if (attempt) await work(attempt);
      if (await this.isDeleted(conversationId)) await this.removeObjects(conversationId, context);
    } catch (error) {
      if (isGone(error)) return this.removeObjects(conversationId, context);
      if (context.signal.aborted) throw error;
      // That somebody else was faster, again and again, passes by itself.
      if (errorKind(error) === 'rejected' && !isConflict(error))
        return this.failed(conversationId, step, error, context);
      if (!context.lastAttempt && errorKind(error) !== 'poison') {
        await this.change(conversationId, context, 'attempt-failed', (current) =>
          decideAttemptFailure(current, step, codeOf(error), this.clock.now()),
        );
      }
      throw error;
    }
  }

  /** The step is given up, and the conversation says with which code. */
  async failed(conversationId: string, step: TranscriptionStep, error: unknown, context: JobContext): Promise<void> {
    try {
      await this.change(conversationId, context, 'failed', (current) =>
        decideFailure(current, step, codeOf(error), this.clock.now()),
      );
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  }

  private async begin(id: string, step: TranscriptionStep, context: JobContext): Promise<Attempt | undefined> {
    await this.change(id, context, 'attempt', (current) => decideAttempt(current, step));
    const loaded = await this.transcriptions.load(id);
    const { state } = loaded;
    return state && nextStep(state) === step ? { ...loaded, state, cause: this.causeFor(state, context) } : undefined;
  }

  /** Appends what is decided; the number of the try keeps apart what different tries lead to. */
  private async change(
    id: string,
    context: JobContext,
    what: string,
    decide: (current: Transcription | undefined) => ReturnType<typeof decideAttempt>,
  ): Promise<void> {
    const { state } = await this.transcriptions.load(id);
    if (!state) return;
    const decision = `transcription-${what}-${state.attempts}`;
    await this.transcriptions.change(id, this.causeFor(state, context), { decision }, decide);
  }

  /** On whose behalf the events of the stage are appended: of whatever asked for this transcript. */
  causeFor({ transcript }: Transcription, { workspaceId, correlationId }: JobContext): Cause {
    return {
      causationId: transcript.cause,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'transcription' },
      occurredAt: this.clock.now().toISOString(),
    };
  }

  private async isDeleted(conversationId: string): Promise<boolean> {
    const { state } = await this.transcriptions.load(conversationId);
    return state?.isDeleted ?? false;
  }

  /** What this run stored after the conversation was cleared away. */
  private async removeObjects(conversationId: string, { workspaceId }: JobContext): Promise<void> {
    for await (const key of this.objects.list(`${workspaceId}/conversations/${conversationId}/`)) {
      await this.objects.delete(key);
    }
  }
}

const codeOf = (error: unknown): ErrorCode => (error instanceof HarmonyError ? error.code : 'INTERNAL');

const isGone = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
