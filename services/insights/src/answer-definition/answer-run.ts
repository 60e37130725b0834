import { z } from 'zod';

/**
 * Answers all definitions of one run. Where the analyst is built in, an answer costs less than the way of a job through
 * the queue, so they share one.
 */
export const answerRunJob = 'insights.answer-run';

export const answerRunPayload = z.object({ conversationId: z.uuid(), runId: z.uuid() });
export type AnswerRunPayload = z.output<typeof answerRunPayload>;
