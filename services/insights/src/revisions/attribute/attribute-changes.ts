import type { NewJob } from '@harmony/messaging';
import { z } from 'zod';

/** Draws changed results of a revision by lot, to learn what made them change (B7). */
export const drawChangesJob = 'insights.draw-changes';

export const drawChangesPayload = z.object({
  revisionId: z.uuid(),
  projectId: z.uuid(),
  sample: z.int().positive(),
  /** Id of the event that asked for it. */
  requestedBy: z.uuid(),
});
export type DrawChangesPayload = z.output<typeof drawChangesPayload>;

/** Asks one of them again with one input of now at a time. */
export const attributeChangeJob = 'insights.attribute-change';

export const attributeChangePayload = z.object({
  conversationId: z.uuid(),
  revisionId: z.uuid(),
  runId: z.uuid(),
  beforeRunId: z.uuid(),
  definitionId: z.uuid(),
  /** Id of the event that asked for it. */
  requestedBy: z.uuid(),
});
export type AttributeChangePayload = z.output<typeof attributeChangePayload>;

export const newAttributeJob = (
  { workspaceId, correlationId }: Pick<NewJob, 'workspaceId' | 'correlationId'>,
  payload: AttributeChangePayload,
): NewJob & { readonly payload: AttributeChangePayload } => ({
  ...{ name: attributeChangeJob, workspaceId, correlationId, payload },
  key: `attribute/${payload.runId}/${payload.definitionId}`,
  priority: 'revision',
});
