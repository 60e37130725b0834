import { z } from 'zod';

/** Looks whether work that waits for the budget may go on. */
export const resumeJob = { name: 'insights.resume', priority: 'live' } as const;

export const resumePayload = z.object({
  /** Id of the event because of which work began to wait, or may go on. */
  cause: z.string(),
});
export type ResumePayload = z.output<typeof resumePayload>;
