import { pipelineRunId } from '@harmony/analysis';
import type { ErrorCode, EventDataOf, PipelineStage } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { nextStep, type Conversation } from './conversation.js';

/** A conversation exists from here on; nothing is decided when it already does. */
export const decideSubmission = (
  conversation: Conversation | undefined,
  data: EventDataOf<'ConversationSubmitted'>,
): Fact[] => (conversation ? [] : [fact('ConversationSubmitted', data)]);

/** A run of the pipeline answers what the conversation waits for; nothing for any other run. */
const isAwaited = (conversation: Conversation | undefined, runId: string): conversation is Conversation => {
  if (!conversation || nextStep(conversation) !== 'ANSWER') return false;
  const { askedBy } = conversation.insights;
  return askedBy !== null && pipelineRunId(askedBy) === runId;
};

/** Answers are on their way. */
export const decideAnalysis = (conversation: Conversation | undefined, runId: string): Fact[] => {
  if (!isAwaited(conversation, runId) || conversation.insights.startedAt) return [];
  const { id: conversationId, attempts } = conversation;
  return [fact('StageStarted', { conversationId, stage: 'INSIGHTS', attempt: (attempts.INSIGHTS ?? 0) + 1 })];
};

/** Nobody could say what is to be asked: the conversation has failed. */
export const decideRunFailure = (
  conversation: Conversation | undefined,
  { runId, code }: EventDataOf<'InsightsRunFailed'>,
  now: Date,
): Fact[] => {
  if (!isAwaited(conversation, runId)) return [];
  const { id: conversationId } = conversation;
  const { begun, ...attempt } = attemptOf(conversation, runId, now);
  return [
    ...begun,
    fact('StageAttemptFailed', { ...attempt, code, willRetry: false }),
    fact('ConversationFailed', { conversationId, stage: 'INSIGHTS', code }),
  ];
};

/** The running try of the answers, begun where nobody told that it has. Clocks may jump; time is never negative. */
const attemptOf = (conversation: Conversation, runId: string, now: Date) => {
  const { id: conversationId, attempts, insights } = conversation;
  const begun = decideAnalysis(conversation, runId);
  const durationMs = Math.max(0, now.getTime() - new Date(insights.startedAt ?? now).getTime());
  return {
    begun,
    conversationId,
    stage: 'INSIGHTS' as const,
    attempt: (attempts.INSIGHTS ?? 0) + begun.length,
    durationMs,
  };
};

/** Every answer is there, or failed: the conversation is complete. */
export const decideCompletion = (
  conversation: Conversation | undefined,
  { runId, counts }: EventDataOf<'InsightsRunCompleted'>,
  now: Date,
): Fact[] => {
  if (!isAwaited(conversation, runId)) return [];
  const { id: conversationId } = conversation;
  const { begun, ...attempt } = attemptOf(conversation, runId, now);
  const failed = counts.failed > 0 ? { failedInsights: counts.failed } : {};
  return [...begun, fact('StageSucceeded', attempt), fact('ConversationCompleted', { conversationId, ...failed })];
};

/** The step cannot be done; nothing when it was done after all, or the conversation ended meanwhile. */
export const decideFailure = (
  conversation: Conversation | undefined,
  step: 'STRUCTURE_TRANSCRIPT' | 'FETCH_FILE',
  code: ErrorCode,
): Fact[] =>
  conversation && nextStep(conversation) === step
    ? [fact('ConversationFailed', { conversationId: conversation.id, stage: stageOf(step), code })]
    : [];

const stageOf = (step: 'STRUCTURE_TRANSCRIPT' | 'FETCH_FILE'): PipelineStage =>
  step === 'FETCH_FILE' ? 'INTAKE' : 'TRANSCRIPTION';
