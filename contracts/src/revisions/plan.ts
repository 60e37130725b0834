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

/** What a plan spends its time and money on, in the order in which a conversation comes to it. */
export const estimatePartNames = ['TRANSCRIPTION', 'EXTRACTION', 'CRITERIA', 'ANSWERS'] as const;
export type EstimatePartName = (typeof estimatePartNames)[number];

export const estimateMeasures = ['RECORDING', 'CALLS', 'TOKENS', 'COST', 'DURATION'] as const;
export type EstimateMeasure = (typeof estimateMeasures)[number];

/**
 * Why a figure of an estimate cannot be told: nothing of its kind was recorded yet with what does it now, or what is
 * charged for it is recorded nowhere.
 */
export const estimateGapReasons = ['NOTHING_RECORDED', 'NOT_PRICED'] as const;
export type EstimateGapReason = (typeof estimateGapReasons)[number];

const measured = { calls: interval, tokens: interval, costMicros: interval, durationMs: interval };

/** What one kind of work is going to take; zeros stand for what is unknown. */
export const planEstimatePart = z.object({
  name: z.enum(estimatePartNames),
  /** Recordings, extractions, questions or answers that are made. */
  amount: interval,
  /** How long the recordings are together; 0 for other parts. */
  recordingMs: interval,
  ...measured,
  /** How many recorded ones it rests on. */
  samples: count,
  /** Figures that cannot be told; empty where all of them are known. */
  unknown: z.array(z.object({ measure: z.enum(estimateMeasures), reason: z.enum(estimateGapReasons) })),
});
export type PlanEstimatePart = z.output<typeof planEstimatePart>;

/** What a plan is going to take, from what such work took before (B5): expected, and a 95 % interval. */
export const planEstimate = z.object({
  ...measured,
  /** How many recorded answers it rests on. */
  samples: count,
  /** What it is the sum of, each kind of work that there is; absent for estimates of answers alone, which are older. */
  parts: z.array(planEstimatePart).optional(),
});
export type PlanEstimate = z.output<typeof planEstimate>;
