import type { NewJob } from '@harmony/messaging';
import { z } from 'zod';
import { runRevisionPayload } from './run-revision.js';

/** Runs some conversations of a revision side by side. */
export const runBatchJob = 'insights.run-revision-batch';

export const runBatchPayload = z.object({
  revisionId: z.uuid(),
  /** Id of the event that lets the runs begin. */
  cause: z.uuid(),
  runs: z.array(runRevisionPayload.pick({ conversationId: true, runId: true })),
});
export type RunBatchPayload = z.output<typeof runBatchPayload>;

/** So many share the way through the queue, and what they read and append at the same time goes together. */
const runsOfBatch = 25;

/** Jobs for all of them, a batch each. */
export function newBatchJobs(
  { workspaceId, correlationId }: Pick<NewJob, 'workspaceId' | 'correlationId'>,
  { revisionId, cause, runs }: RunBatchPayload,
): (NewJob & { readonly payload: RunBatchPayload })[] {
  const batches = Array.from({ length: Math.ceil(runs.length / runsOfBatch) }, (_, index) =>
    runs.slice(index * runsOfBatch, (index + 1) * runsOfBatch),
  );
  return batches.map((batch, index) => ({
    ...{ name: runBatchJob, workspaceId, correlationId, priority: 'revision' },
    key: `${cause}/${index}`,
    payload: { revisionId, cause, runs: batch },
  }));
}
