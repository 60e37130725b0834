import { z } from 'zod';

/** Evaluates the goals and scorecards of a project anew, since they changed. */
export const evaluateScoresJob = { name: 'insights.evaluate-scores', priority: 'live' } as const;

export const evaluateScoresPayload = z.object({
  projectId: z.uuid(),
  /** Id of the event that changed a goal or a scorecard. */
  cause: z.uuid(),
  /** Whether this looks again at what was not complete the first time. */
  isSecondLook: z.boolean().default(false),
});
export type EvaluateScoresPayload = z.output<typeof evaluateScoresPayload>;
export type EvaluateScoresInput = z.input<typeof evaluateScoresPayload>;
