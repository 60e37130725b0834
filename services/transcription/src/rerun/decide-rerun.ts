import type { ErrorCode, StoredObject } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { nextTranscriptVersion, rerunTranscriptFacts } from '@harmony/transcript';
import type { PreparedRecordingData, Transcription } from '../domain/transcription.js';
import type { TranscribedRecording } from '../transcribe/transcribe-recording.js';
import { withCodesOf } from './known-codes.js';

/** Which run of which revision wants a transcript. */
export interface Rerun {
  readonly conversationId: string;
  readonly revisionId: string;
  readonly runId: string;
}

/** What was heard, and how long that took. */
export interface MadeTranscript extends TranscribedRecording {
  readonly durationMs: number;
}

/** Whether the run still waits for its transcript. */
export const isWaiting = (transcription: Transcription | undefined, { runId }: Rerun): transcription is Transcription =>
  transcription !== undefined &&
  !transcription.isDeleted &&
  !transcription.failedRuns.has(runId) &&
  !transcription.transcript.reruns.get(runId)?.isRecorded;

/** An earlier try of the same revision has made it: its results are found again by the version that they have read. */
export function decideTakeOver(transcription: Transcription | undefined, rerun: Rerun): Fact[] {
  const made = transcription?.rerunTranscripts.get(rerun.revisionId);
  if (!made || !isWaiting(transcription, rerun)) return [];
  const { fromRunId = made.runId } = made;
  return [fact('RerunTranscriptRecorded', { ...made, runId: rerun.runId, fromRunId })];
}

/** What was made of the recording is made for good. */
export const decideRerunPrepared = (
  transcription: Transcription | undefined,
  recording: StoredObject,
  prepared: PreparedRecordingData,
): Fact[] =>
  transcription && !transcription.isDeleted && !transcription.prepared && isOf(transcription, recording)
    ? [fact('RecordingPrepared', prepared)]
    : [];

const isOf = ({ recording }: Transcription, { sha256 }: StoredObject): boolean => recording?.sha256 === sha256;

/** Every fact of recording the transcript, the first one first; some of them may be recorded already. */
export function transcriptOfRerun(
  { transcript, speakers }: Transcription,
  rerun: Rerun,
  { transcript: heard, origin, durationMs }: MadeTranscript,
): { readonly facts: Fact[]; readonly done: number } {
  const { version: transcriptVersion = nextTranscriptVersion(transcript), chunks: done = 0 } =
    transcript.reruns.get(rerun.runId) ?? {};
  const { conversationId, revisionId, runId } = rerun;
  const identity = { conversationId, transcriptVersion, revisionId, runId };
  return { facts: rerunTranscriptFacts(identity, withCodesOf(speakers, heard), origin, { durationMs }), done };
}

/** The conversation has failed in this revision. */
export const decideRerunFailure = (
  transcription: Transcription | undefined,
  { conversationId, revisionId, runId }: Rerun,
  code: ErrorCode,
): Fact[] =>
  isWaiting(transcription, { conversationId, revisionId, runId })
    ? [fact('RerunStageFailed', { conversationId, revisionId, runId, stage: 'TRANSCRIPTION', code })]
    : [];
