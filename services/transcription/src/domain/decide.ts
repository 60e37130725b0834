import type { ErrorCode, StoredObject } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { nextStep, type PreparedRecordingData, type Transcription, type TranscriptionStep } from './transcription.js';

const stage = 'TRANSCRIPTION';

const isNext = (transcription: Transcription | undefined, step: TranscriptionStep): transcription is Transcription =>
  transcription !== undefined && nextStep(transcription) === step;

/** A try of the stage begins. One that a dead process left behind goes on instead. */
export const decideAttempt = (transcription: Transcription | undefined, step: TranscriptionStep): Fact[] => {
  if (!isNext(transcription, step) || transcription.attemptStartedAt) return [];
  const { conversationId, attempts } = transcription;
  return [fact('StageStarted', { conversationId, stage, attempt: attempts + 1 })];
};

/** Once for each recording; nothing when the conversation has another one by now. */
export const decidePrepared = (
  transcription: Transcription | undefined,
  recording: StoredObject,
  prepared: PreparedRecordingData,
): Fact[] =>
  isNext(transcription, 'PREPARE') && transcription.recording?.sha256 === recording.sha256
    ? [fact('RecordingPrepared', prepared)]
    : [];

/** The try is over; another one follows. */
export const decideAttemptFailure = (
  transcription: Transcription | undefined,
  step: TranscriptionStep,
  code: ErrorCode,
  now: Date,
): Fact[] => (isNext(transcription, step) ? failedAttempt(transcription, code, now, true) : []);

/** The try is over, and so is the conversation for now; nothing when the step was done after all. */
export const decideFailure = (
  transcription: Transcription | undefined,
  step: TranscriptionStep,
  code: ErrorCode,
  now: Date,
): Fact[] => {
  if (!isNext(transcription, step)) return [];
  const { conversationId } = transcription;
  const failed = fact('ConversationFailed', { conversationId, stage, code });
  return [...failedAttempt(transcription, code, now, false), failed];
};

/** The try ends with a transcript. */
export const decideSuccess = (transcription: Transcription | undefined, now: Date): Fact[] => {
  if (!transcription?.transcript.isRecorded || transcription.isDeleted || !transcription.attemptStartedAt) return [];
  const { conversationId, attempts: attempt } = transcription;
  const durationMs = attemptDurationMs(transcription, now);
  return [fact('StageSucceeded', { conversationId, stage, attempt, durationMs })];
};

/** How long the running try has taken so far; clocks may jump, time taken is never negative. */
export const attemptDurationMs = ({ attemptStartedAt }: Transcription, now: Date): number =>
  attemptStartedAt ? Math.max(0, now.getTime() - new Date(attemptStartedAt).getTime()) : 0;

function failedAttempt(transcription: Transcription, code: ErrorCode, now: Date, willRetry: boolean): Fact[] {
  const { conversationId, attempts: attempt, attemptStartedAt } = transcription;
  const durationMs = attemptDurationMs(transcription, now);
  return attemptStartedAt
    ? [fact('StageAttemptFailed', { conversationId, stage, attempt, code, durationMs, willRetry })]
    : [];
}
