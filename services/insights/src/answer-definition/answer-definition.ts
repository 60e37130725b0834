import type { NewJob } from '@harmony/messaging';
import { z } from 'zod';
import type { Cell, Run } from '../domain/run.js';

/** Answers one definition about one conversation in one run. */
export const answerDefinitionJob = 'insights.answer-definition';

export const answerPayload = z.object({
  conversationId: z.uuid(),
  runId: z.uuid(),
  projectId: z.uuid(),
  definitionId: z.uuid(),
});
export type AnswerPayload = z.output<typeof answerPayload>;

export interface AnswerJob {
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly kind: Run['kind'];
  readonly payload: AnswerPayload;
}

export const newAnswerJob = ({
  workspaceId,
  correlationId,
  kind,
  payload,
}: AnswerJob): NewJob & { payload: AnswerPayload } => ({
  name: answerDefinitionJob,
  ...{ workspaceId, correlationId, payload },
  key: `${payload.runId}/${payload.definitionId}`,
  priority: priorityOf(kind),
});

/** Re-runs of the past stand behind what comes in now. */
export const priorityOf = (kind: Run['kind']): NewJob['priority'] => (kind === 'PIPELINE' ? 'live' : 'revision');

export const payloadOf = (
  { projectId, definitionId }: Pick<Cell, 'projectId' | 'definitionId'>,
  conversationId: string,
  runId: string,
): AnswerPayload => ({ conversationId, runId, projectId, definitionId });
