import { z } from 'zod';

/** Decides which definitions are asked about a conversation. */
export const planRunJob = 'insights.plan-run';

export const planPayload = z.object({
  conversationId: z.uuid(),
  /** Id of the event that asks for a run. */
  cause: z.uuid(),
});
export type PlanPayload = z.output<typeof planPayload>;
