import { z } from 'zod';

/** Writes down what a revision covers, or what one more try of it does. */
export const planRevisionJob = 'insights.plan-revision';

export const planRevisionPayload = z.object({
  revisionId: z.uuid(),
  projectId: z.uuid(),
  attempt: z.int().positive(),
});
export type PlanRevisionPayload = z.output<typeof planRevisionPayload>;
