import { z } from 'zod';
import { cellReasons, rerunStages } from './shared.js';

const count = z.int().nonnegative();

/** What is done with the cells of one definition, and why. */
export const definitionPlan = z.object({
  definitionId: z.uuid(),
  ...{ reused: count, rerun: count, new: count, outOfScope: count },
  reasons: z.array(z.object({ reason: z.enum(cellReasons), cells: count })),
});
export type DefinitionPlan = z.output<typeof definitionPlan>;

/** What a revision is going to do: the same figures in the preview and of the plan that is executed. */
export const planSummary = z.object({
  conversations: count,
  /** SHA-256 in hex of the ids in order: says whether two scopes are the same. */
  scopeDigest: z.string().length(64),
  stages: z.array(z.object({ stage: z.enum(rerunStages), conversations: count })),
  definitions: z.array(definitionPlan),
});
export type PlanSummary = z.output<typeof planSummary>;

const interval = z.object({
  low: z.number().nonnegative(),
  expected: z.number().nonnegative(),
  high: z.number().nonnegative(),
});
export type EstimateInterval = z.output<typeof interval>;

/** All that a revision found, as one figure. */
export const revisionDigest = z.object({
  ...{ conversations: count, results: count },
  /** In hexadecimal digits. */
  sha256: z.string().length(64),
});
export type RevisionDigest = z.output<typeof revisionDigest>;

/** What a plan is going to take, from what the same definitions took before (B5): expected, and a 95 % interval. */
export const planEstimate = z.object({
  calls: interval,
  tokens: interval,
  costMicros: interval,
  durationMs: interval,
  /** How many recorded answers it rests on. */
  samples: count,
});
export type PlanEstimate = z.output<typeof planEstimate>;
