import { z } from 'zod';
import { usage } from '../../insights/result.js';
import { defineEvent } from '../definition.js';
import { conversationId, pipelineStages } from './shared.js';

const stage = z.enum(pipelineStages);
/** 1 for the first try of a stage; counted on over retries by people. */
const attempt = z.int().positive();
const code = z.string().min(1);
const durationMs = z.int().nonnegative();

/** Where a conversation is in the pipeline, try by try, and how it ended. */
export const pipelineEvents = {
  StageStarted: defineEvent({ type: 'StageStarted', schema: z.object({ conversationId, stage, attempt }) }),
  /** `usage`: what models cost over all tries, in the last one; absent for nothing. */
  StageAttemptFailed: defineEvent({
    type: 'StageAttemptFailed',
    schema: z.object({
      ...{ conversationId, stage, attempt, code, durationMs, willRetry: z.boolean() },
      usage: usage.optional(),
    }),
  }),
  StageSucceeded: defineEvent({
    type: 'StageSucceeded',
    schema: z.object({ conversationId, stage, attempt, durationMs }),
  }),
  /** `failedInsights`: definitions that could not be answered; absent for none. */
  ConversationCompleted: defineEvent({
    type: 'ConversationCompleted',
    schema: z.object({ conversationId, failedInsights: z.int().positive().optional() }),
  }),
  ConversationFailed: defineEvent({
    type: 'ConversationFailed',
    schema: z.object({ conversationId, stage, code }),
  }),
  ConversationRetried: defineEvent({
    type: 'ConversationRetried',
    schema: z.object({ conversationId, fromStage: stage }),
  }),
} as const;
