import { HarmonyError, streams, type ErrorCode } from '@harmony/contracts';
import { isConflict, StateStreams, type EventStore } from '@harmony/event-store';
import { type Cause, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, EVENT_STORE, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import type { SpeechEngine } from '@harmony/speech';
import { transcriptFacts } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { decideFailure, decideStart, decideSuccess } from './decide.js';
import { SPEECH_ENGINE } from './speech-engine.provider.js';
import { transcribeRecording } from './transcribe-recording.js';
import { evolve, isToBeTranscribed, type Transcription } from './transcription.js';

export const transcribeJob = 'transcription.transcribe';

const payload = z.object({ conversationId: z.uuid() });
export type TranscribePayload = z.output<typeof payload>;

const maximumConflicts = 5;

/**
 * Makes the transcript of a prepared recording and records it. What was heard is kept in the object store until all of
 * it is recorded, so that a run that was killed is continued, with the same turns. A recording in which nobody speaks
 * has a transcript without turns.
 */
@JobRunner()
@Injectable()
export class TranscribeJob implements JobDefinition<TranscribePayload> {
  readonly name = transcribeJob;
  readonly payload = payload;
  readonly attempts = 8;
  /** The longest recording, on a machine that is slower than speech. */
  readonly timeLimitMs = 12 * 60 * 60_000;
  readonly #conversations: StateStreams<Transcription>;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(SPEECH_ENGINE) private readonly engine: SpeechEngine,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#conversations = new StateStreams(store, { stream: streams.conversation, evolve });
  }

  async run({ conversationId }: TranscribePayload, context: JobContext): Promise<void> {
    try {
      await this.#withConflicts(() => this.#transcribe(conversationId, context));
    } catch (error) {
      if (await this.#isDeleted(conversationId)) return this.#forget(conversationId, context);
      // The runner tells `failed` about the last one; an interrupted try goes on as the same one.
      const isLast = context.lastAttempt || (error instanceof HarmonyError && error.kind === 'poison');
      if (!isLast && !context.signal.aborted) await this.#fail(conversationId, error, context, true);
      throw error;
    }
  }

  /** Called when there will be no transcript: the conversation says so; the recording and what was heard are kept. */
  async failed({ conversationId }: TranscribePayload, error: unknown, context: JobContext): Promise<void> {
    if (await this.#isDeleted(conversationId)) return this.#forget(conversationId, context);
    await this.#fail(conversationId, error, context, false);
  }

  async #transcribe(conversationId: string, context: JobContext): Promise<void> {
    const state = await this.#started(conversationId, context);
    if (!state?.audio || !isToBeTranscribed(state)) return this.#finish(conversationId, context);
    const { signal } = context;
    const { audio, progress } = state;
    const keptUnder = `${keptObjects(conversationId, context)}${progress.version}/`;
    const { transcript, origin } = await transcribeRecording(this.engine, this.objects, { audio, keptUnder, signal });
    const identity = { conversationId, transcriptVersion: progress.version };
    const facts = transcriptFacts(identity, transcript, origin);
    // Somebody may have deleted or retried it meanwhile.
    const now = await this.#conversations.load(conversationId);
    if (now.state?.progress.cause === progress.cause && isToBeTranscribed(now.state)) {
      const rest = { done: now.state.progress.chunks, revision: now.revision, signal };
      await this.#conversations.appendRest(conversationId, this.#causeFor(state, context), facts, rest);
    }
    await this.#finish(conversationId, context);
  }

  /** The conversation with a try of the stage under way; as it is, if there is nothing to transcribe. */
  async #started(conversationId: string, context: JobContext): Promise<Transcription | undefined> {
    const { state } = await this.#conversations.load(conversationId);
    if (!state || !isToBeTranscribed(state)) return state;
    const decision = { decision: `transcription-started-${state.stage.attempt + 1}` };
    await this.#conversations.change(conversationId, this.#causeFor(state, context), decision, (current) =>
      current && isToBeTranscribed(current) ? decideStart(current) : [],
    );
    return state;
  }

  /** Whatever is left to do once the transcript is recorded, or will never be. */
  async #finish(conversationId: string, context: JobContext): Promise<void> {
    const { state } = await this.#conversations.load(conversationId);
    if (state?.progress.isRecorded && state.stage.startedAt !== null) {
      const decision = { decision: `transcription-succeeded-${state.stage.attempt}` };
      await this.#conversations.change(conversationId, this.#causeFor(state, context), decision, (current) =>
        current ? decideSuccess(current, this.clock.now()) : [],
      );
    }
    if (!state || state.isOver || state.progress.isRecorded) await this.#forget(conversationId, context);
  }

  async #fail(conversationId: string, error: unknown, context: JobContext, willRetry: boolean): Promise<void> {
    const { state } = await this.#conversations.load(conversationId);
    if (!state) return;
    const code: ErrorCode = error instanceof HarmonyError ? error.code : 'INTERNAL';
    const decision = { decision: `transcription-failed-${state.stage.attempt}-${willRetry ? 'for-now' : 'for-good'}` };
    await this.#conversations.change(conversationId, this.#causeFor(state, context), decision, (current) =>
      decideFailure(current, { code, willRetry, now: this.clock.now() }),
    );
  }

  async #forget(conversationId: string, context: JobContext): Promise<void> {
    for await (const key of this.objects.list(keptObjects(conversationId, context))) await this.objects.delete(key);
  }

  async #isDeleted(conversationId: string): Promise<boolean> {
    try {
      const { state } = await this.#conversations.load(conversationId);
      return state?.isDeleted ?? false;
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return true;
      throw error;
    }
  }

  async #withConflicts(work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        // Another runner took over after this one lost its lease; both record the same facts.
        if (!isConflict(error) || attempt === maximumConflicts) throw error;
      }
    }
  }

  #causeFor({ progress }: Transcription, { workspaceId, correlationId }: JobContext): Cause {
    return {
      causationId: progress.cause,
      correlationId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'transcription' },
      occurredAt: this.clock.now().toISOString(),
    };
  }
}

const keptObjects = (conversationId: string, { workspaceId }: JobContext): string =>
  `${workspaceId}/conversations/${conversationId}/speech/`;
