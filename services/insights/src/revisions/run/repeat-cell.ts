import type { NewJob } from '@harmony/messaging';
import { z } from 'zod';

/** Asks an unchanged cell of a revision again, for the noise floor (B6). */
export const repeatCellJob = 'insights.repeat-cell';

export const repeatCellPayload = z.object({
  conversationId: z.uuid(),
  revisionId: z.uuid(),
  runId: z.uuid(),
  definitionId: z.uuid(),
});
export type RepeatCellPayload = z.output<typeof repeatCellPayload>;

export const newRepeatJob = (
  { workspaceId, correlationId }: Pick<NewJob, 'workspaceId' | 'correlationId'>,
  payload: RepeatCellPayload,
): NewJob & { readonly payload: RepeatCellPayload } => ({
  ...{ name: repeatCellJob, workspaceId, correlationId, payload },
  key: `${payload.runId}/${payload.definitionId}`,
  priority: 'revision',
});
