import type { ErrorCode, EventDataOf, Usage } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDue, type Due, type Extracting } from './extracting.js';

const stage = 'EXTRACTION';

/** What was made, before it has its place in the conversation. */
export type MadeExtraction = Omit<
  EventDataOf<'ExtractionRecorded'>,
  'conversationId' | 'extractionVersion' | 'transcriptVersion'
>;

/** A try of the stage begins. One that a dead process left behind goes on instead. */
export function decideAttempt(extracting: Extracting | undefined): Fact[] {
  if (!isDue(extracting) || extracting.attemptStartedAt) return [];
  const { conversationId, attempts } = extracting;
  return [fact('StageStarted', { conversationId, stage, attempt: attempts + 1 })];
}

/** Once for each time that it is asked for; nothing when the conversation wants another one by now. */
export function decideExtraction(
  extracting: Extracting | undefined,
  asked: Due,
  made: MadeExtraction,
  now: Date,
): Fact[] {
  if (!isDue(extracting) || extracting.cause !== asked.cause) return [];
  const { conversationId, version: extractionVersion, transcriptVersion, attempts: attempt } = extracting;
  return [
    fact('ExtractionRecorded', { conversationId, extractionVersion, transcriptVersion, ...made }),
    fact('StageSucceeded', { conversationId, stage, attempt, durationMs: attemptDurationMs(extracting, now) }),
  ];
}

/** The try is over; another one follows. */
export const decideAttemptFailure = (extracting: Extracting | undefined, code: ErrorCode, now: Date): Fact[] =>
  isDue(extracting) ? failedAttempt(extracting, now, { code, willRetry: true }) : [];

/** The try is over, and so is the conversation for now, with what it cost; nothing when it was done after all. */
export function decideFailure(
  extracting: Extracting | undefined,
  { code, usage }: { readonly code: ErrorCode; readonly usage: Usage },
  now: Date,
): Fact[] {
  if (!isDue(extracting)) return [];
  const { conversationId } = extracting;
  const spent = Object.values(usage).some((amount) => amount > 0) ? { usage } : {};
  return [
    ...failedAttempt(extracting, now, { code, willRetry: false, ...spent }),
    fact('ConversationFailed', { conversationId, stage, code }),
  ];
}

type Failure = Pick<EventDataOf<'StageAttemptFailed'>, 'code' | 'willRetry' | 'usage'>;

function failedAttempt(extracting: Due, now: Date, failure: Failure): Fact[] {
  const { conversationId, attempts: attempt, attemptStartedAt } = extracting;
  const durationMs = attemptDurationMs(extracting, now);
  return attemptStartedAt
    ? [fact('StageAttemptFailed', { conversationId, stage, attempt, durationMs, ...failure })]
    : [];
}

/** Clocks may jump; time taken is never negative. */
const attemptDurationMs = ({ attemptStartedAt }: Extracting, now: Date): number =>
  attemptStartedAt ? Math.max(0, now.getTime() - new Date(attemptStartedAt).getTime()) : 0;
