import type { ErrorCode, EventDataOf, PipelineStage } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { nextStep, type Conversation } from './conversation.js';

/** A conversation exists from here on; nothing is decided when it already does. */
export const decideSubmission = (
  conversation: Conversation | undefined,
  data: EventDataOf<'ConversationSubmitted'>,
): Fact[] => (conversation ? [] : [fact('ConversationSubmitted', data)]);

/** Nothing unless completing is what comes next. */
export const decideCompletion = (conversation: Conversation | undefined): Fact[] =>
  conversation && nextStep(conversation) === 'COMPLETE'
    ? [fact('ConversationCompleted', { conversationId: conversation.id })]
    : [];

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
