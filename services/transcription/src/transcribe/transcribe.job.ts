import { HarmonyError } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import type { SpeechEngine } from '@harmony/speech';
import { transcriptFacts } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { StageAttempts, type Attempt } from '../attempt/stage-attempts.js';
import { decideSuccess } from '../domain/decide.js';
import { nextStep } from '../domain/transcription.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { SPEECH_ENGINE } from './speech-engine.provider.js';
import { transcribeRecording, type TranscribedRecording } from './transcribe-recording.js';

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
  readonly isLong = true;

  constructor(
    private readonly attemptsOfStage: StageAttempts,
    private readonly transcriptions: TranscriptionStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(SPEECH_ENGINE) private readonly engine: SpeechEngine,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ conversationId }: TranscribePayload, context: JobContext): Promise<void> {
    try {
      await this.attemptsOfStage.run(conversationId, 'TRANSCRIBE', context, (attempt) =>
        this.transcribe(attempt, context),
      );
    } finally {
      await this.finish(conversationId, context);
    }
  }

  /** The recording and what was heard of it are kept, for a retry. */
  failed({ conversationId }: TranscribePayload, error: unknown, context: JobContext): Promise<void> {
    return this.attemptsOfStage.failed(conversationId, 'TRANSCRIBE', error, context);
  }

  private async transcribe(attempt: Attempt, context: JobContext): Promise<void> {
    const { conversationId, prepared, transcript } = attempt.state;
    if (!prepared) return;
    const transcribed = await transcribeRecording(this.engine, this.objects, {
      audio: prepared.audio,
      keptUnder: `${keptObjects(conversationId, context)}${transcript.cause}/`,
      signal: context.signal,
    });
    for (let conflicts = 1; ; conflicts += 1) {
      try {
        return await this.record(attempt, transcribed, context);
      } catch (error) {
        // Somebody else appended: another runner, after this one lost its lease, records the same facts.
        if (!isConflict(error) || conflicts === maximumConflicts) throw error;
      }
    }
  }

  /** Nothing when the conversation was deleted, or asked for a new transcript, while this one was made. */
  private async record({ state, cause }: Attempt, made: TranscribedRecording, context: JobContext): Promise<void> {
    const { conversationId, transcript } = state;
    const { state: now, revision } = await this.transcriptions.load(conversationId);
    if (!now || nextStep(now) !== 'TRANSCRIBE' || now.transcript.cause !== transcript.cause) return;
    // The number is the one that is free now: a revision may have taken the one that was free when this began.
    const identity = { conversationId, transcriptVersion: now.transcript.version };
    const facts = transcriptFacts(identity, made.transcript, made.origin);
    const rest = { done: now.transcript.chunks, revision, signal: context.signal };
    await this.transcriptions.appendRest(conversationId, cause, facts, rest);
  }

  /** Once there is a transcript, or nobody wants one any more, what was kept for it goes. */
  private async finish(conversationId: string, context: JobContext): Promise<void> {
    try {
      const { state } = await this.transcriptions.load(conversationId);
      if (!state?.transcript.isRecorded && !state?.isDeleted) return;
      const decision = { decision: `transcription-succeeded-${state.attempts}` };
      const cause = this.attemptsOfStage.causeFor(state, context);
      await this.transcriptions.change(conversationId, cause, decision, (current) =>
        decideSuccess(current, this.clock.now()),
      );
    } catch (error) {
      if (!(error instanceof HarmonyError) || error.code !== 'STREAM_DELETED') throw error;
    }
    for await (const key of this.objects.list(keptObjects(conversationId, context))) await this.objects.delete(key);
  }
}

const keptObjects = (conversationId: string, { workspaceId }: JobContext): string =>
  `${workspaceId}/conversations/${conversationId}/speech/`;
