import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Cause, Clock, Fact } from '@harmony/kernel';
import { Media } from '@harmony/media';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import type { SpeechEngine } from '@harmony/speech';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { PreparedRecordingData, Transcription } from '../domain/transcription.js';
import { prepareStored } from '../prepare-recording/stored-recording.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { SPEECH_ENGINE } from '../transcribe/speech-engine.provider.js';
import { transcribeRecording } from '../transcribe/transcribe-recording.js';
import {
  decideRerunFailure,
  decideRerunPrepared,
  decideTakeOver,
  isWaiting,
  transcriptOfRerun,
  type MadeTranscript,
} from './decide-rerun.js';

export const rerunTranscriptJob = 'transcription.rerun-transcript';

const payload = z.object({
  ...{ conversationId: z.uuid(), projectId: z.uuid(), revisionId: z.uuid(), runId: z.uuid() },
  /** Id of the event that planned it. */
  cause: z.string(),
});
export type RerunTranscriptPayload = z.output<typeof payload>;

const maximumConflicts = 5;

/**
 * Makes a transcript of a stored recording with the engine that is configured now, for one run of a revision; the
 * conversation keeps its own. What was heard is kept until all of it is recorded, over tries of the same revision. A
 * revision that was cancelled, and a conversation that was deleted, gets nothing.
 */
@JobRunner()
@Injectable()
export class RerunTranscriptJob implements JobDefinition<RerunTranscriptPayload> {
  readonly name = rerunTranscriptJob;
  readonly payload = payload;
  readonly attempts = 8;
  /** The longest recording, on a machine that is slower than speech. */
  readonly timeLimitMs = 12 * 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly transcriptions: TranscriptionStreams,
    private readonly revisions: RevisionStreams,
    private readonly media: Media,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(SPEECH_ENGINE) private readonly engine: SpeechEngine,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A failure that cannot pass by itself ends the run; any other is thrown, for the runner to try again. */
  async run(rerun: RerunTranscriptPayload, context: JobContext): Promise<void> {
    try {
      await this.transcribe(rerun, context);
      await this.finish(rerun, context);
    } catch (error) {
      if (isGone(error)) return this.removeObjects(conversationObjects(rerun, context));
      // That somebody else was faster, again and again, passes by itself.
      if (context.signal.aborted || errorKind(error) !== 'rejected' || isConflict(error)) throw error;
      await this.failed(rerun, error, context);
    }
  }

  /** What was heard is kept for another try of the revision. */
  async failed(rerun: RerunTranscriptPayload, error: unknown, context: JobContext): Promise<void> {
    try {
      if (await this.isCancelled(rerun)) return;
      await this.change(rerun, context, 'failed', (current) => decideRerunFailure(current, rerun, codeOf(error)));
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  }

  private async transcribe(rerun: RerunTranscriptPayload, context: JobContext): Promise<void> {
    const { state } = await this.transcriptions.load(rerun.conversationId);
    if (!isWaiting(state, rerun) || (await this.isCancelled(rerun))) return;
    if (state.rerunTranscripts.has(rerun.revisionId)) {
      return this.change(rerun, context, 'taken-over', (current) => decideTakeOver(current, rerun));
    }
    const { audio } = state.prepared ?? (await this.prepare(state, rerun, context));
    const { signal } = context;
    const keptUnder = keptObjects(rerun, context);
    const startedAt = this.clock.now().getTime();
    const heard = await transcribeRecording(this.engine, this.objects, { audio, keptUnder, signal });
    // Clocks may jump, time taken is never negative.
    const made = { ...heard, durationMs: Math.max(0, this.clock.now().getTime() - startedAt) };
    if (await this.isCancelled(rerun)) return;
    for (let conflicts = 1; ; conflicts += 1) {
      try {
        return await this.record(rerun, made, context);
      } catch (error) {
        if (!isConflict(error) || conflicts === maximumConflicts) throw error;
      }
    }
  }

  /** A conversation may have failed before its recording was prepared. */
  private async prepare(
    { recording }: Transcription,
    rerun: RerunTranscriptPayload,
    context: JobContext,
  ): Promise<PreparedRecordingData> {
    const { conversationId } = rerun;
    if (!recording) throw new HarmonyError('RECORDING_NOT_READY');
    const prefix = conversationObjects(rerun, context);
    const made = await prepareStored(this.media, this.objects, { recording, prefix, signal: context.signal });
    await this.change(rerun, context, 'prepared', (current) =>
      decideRerunPrepared(current, recording, { conversationId, ...made }),
    );
    const { state } = await this.transcriptions.load(conversationId);
    if (!state?.prepared) throw new HarmonyError('RECORDING_NOT_READY');
    return state.prepared;
  }

  private async record(rerun: RerunTranscriptPayload, made: MadeTranscript, context: JobContext): Promise<void> {
    const { state, revision } = await this.transcriptions.load(rerun.conversationId);
    if (!isWaiting(state, rerun)) return;
    const { facts, done } = transcriptOfRerun(state, rerun, made);
    const rest = { done, revision, signal: context.signal };
    await this.transcriptions.appendRest(rerun.conversationId, this.causeFor(rerun, context), facts, rest);
  }

  /** What was kept goes once nobody needs it any more. */
  private async finish(rerun: RerunTranscriptPayload, context: JobContext): Promise<void> {
    const { state } = await this.transcriptions.load(rerun.conversationId);
    if (state?.isDeleted) return this.removeObjects(conversationObjects(rerun, context));
    await this.removeObjects(keptObjects(rerun, context));
  }

  private async removeObjects(prefix: string): Promise<void> {
    for await (const key of this.objects.list(prefix)) await this.objects.delete(key);
  }

  private isCancelled({ projectId, revisionId }: RerunTranscriptPayload): Promise<boolean> {
    return this.revisions.isCancelled(projectId, revisionId);
  }

  private async change(
    rerun: RerunTranscriptPayload,
    context: JobContext,
    what: string,
    decide: (current: Transcription | undefined) => Fact[],
  ): Promise<void> {
    const { conversationId, runId } = rerun;
    const decision = `rerun-transcript-${what}-${runId}`;
    await this.transcriptions.change(conversationId, this.causeFor(rerun, context), { decision }, decide);
  }

  private causeFor({ cause }: RerunTranscriptPayload, { workspaceId, correlationId }: JobContext): Cause {
    return {
      ...{ causationId: cause, correlationId, workspaceId, occurredAt: this.clock.now().toISOString() },
      actor: { kind: 'SYSTEM', id: 'transcription' },
    };
  }
}

type Place = Pick<RerunTranscriptPayload, 'conversationId' | 'revisionId'>;

const conversationObjects = ({ conversationId }: Place, { workspaceId }: JobContext): string =>
  `${workspaceId}/conversations/${conversationId}/`;

const keptObjects = (place: Place, context: JobContext): string =>
  `${conversationObjects(place, context)}speech-of-revisions/${place.revisionId}/`;

const codeOf = (error: unknown): ErrorCode => (error instanceof HarmonyError ? error.code : 'INTERNAL');

const isGone = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';
