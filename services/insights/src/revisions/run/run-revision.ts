import type { NewJob } from '@harmony/messaging';
import { z } from 'zod';

/** Runs one conversation of a revision. */
export const runRevisionJob = 'insights.run-revision';

export const runRevisionPayload = z.object({
  conversationId: z.uuid(),
  revisionId: z.uuid(),
  runId: z.uuid(),
  /** Id of the event that lets the run begin. */
  cause: z.uuid(),
  /** What the revision made for this run; null for a run that begins at the insights. */
  rerun: z.object({ transcriptVersion: z.int().positive(), extractionVersion: z.int().positive() }).nullable(),
});
export type RunRevisionPayload = z.output<typeof runRevisionPayload>;

export const newRunJob = (
  { workspaceId, correlationId }: Pick<NewJob, 'workspaceId' | 'correlationId'>,
  payload: RunRevisionPayload,
): NewJob & { readonly payload: RunRevisionPayload } => ({
  ...{ name: runRevisionJob, workspaceId, correlationId, payload },
  key: payload.runId,
  priority: 'revision',
});
