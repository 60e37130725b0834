import type { ErrorCode } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import type { Stage, Transcription } from './transcription.js';

const stage = 'TRANSCRIPTION';

/** Milliseconds since the try began. */
const durationOf = ({ startedAt }: Stage, now: Date): number =>
  Math.max(0, startedAt === null ? 0 : now.getTime() - Date.parse(startedAt));

/** A try that was interrupted goes on as the same one. */
export function decideStart({ conversationId, stage: current }: Transcription): Fact[] {
  if (current.startedAt !== null) return [];
  return [fact('StageStarted', { conversationId, stage, attempt: current.attempt + 1 })];
}

export function decideSuccess({ conversationId, stage: current }: Transcription, now: Date): Fact[] {
  if (current.startedAt === null) return [];
  const { attempt } = current;
  return [fact('StageSucceeded', { conversationId, stage, attempt, durationMs: durationOf(current, now) })];
}

export interface Failure {
  readonly code: ErrorCode;
  readonly willRetry: boolean;
  readonly now: Date;
}

/** The end of a try, and of the conversation's way when no other follows. What was recorded stays. */
export function decideFailure(state: Transcription | undefined, { code, willRetry, now }: Failure): Fact[] {
  if (!state || state.isOver || state.progress.isRecorded) return [];
  const { conversationId, stage: current } = state;
  const data = { conversationId, stage, attempt: Math.max(1, current.attempt), code, willRetry } as const;
  const ended = fact('StageAttemptFailed', { ...data, durationMs: durationOf(current, now) });
  return [
    ...(current.startedAt === null ? [] : [ended]),
    ...(willRetry ? [] : [fact('ConversationFailed', { conversationId, stage, code })]),
  ];
}
