import { z } from 'zod';

const definitionId = z.uuid();

/** A condition on one result. A result that is not there, abstained or failed decides as the rule says. */
export const condition = z.discriminatedUnion('test', [
  /** A yes/no result. */
  z.object({ test: z.literal('ANSWER_IS'), definitionId, answer: z.enum(['YES', 'NO']) }),
  /** The number of a scale, of buyer engagement, of a discount's rate or amount, of items met. */
  z.object({
    test: z.literal('NUMBER'),
    definitionId,
    of: z.enum(['VALUE', 'RATE', 'AMOUNT', 'ITEMS_MET']).default('VALUE'),
    operator: z.enum(['AT_LEAST', 'AT_MOST', 'EQUALS']),
    number: z.number(),
  }),
  /** The bucket of a group. */
  z.object({ test: z.literal('BUCKET_IN'), definitionId, buckets: z.array(z.string()).min(1) }),
  /** A funnel has reached this stage, or one behind it. */
  z.object({ test: z.literal('STAGE_REACHED'), definitionId, stage: z.string() }),
  /** An item of a checklist. */
  z.object({ test: z.literal('ITEM_MET'), definitionId, item: z.string() }),
  z.object({ test: z.literal('DISCOUNT_DISCUSSED'), definitionId, discussed: z.boolean().default(true) }),
  /** Any competitor, or this one. */
  z.object({ test: z.literal('COMPETITOR_MENTIONED'), definitionId, name: z.string().nullable().default(null) }),
  /** There is an answer at all. */
  z.object({ test: z.literal('IS_ANSWERED'), definitionId }),
]);
export type Condition = z.output<typeof condition>;

const name = z.string().trim().min(1).max(100);

/** A goal is met when all of its conditions hold, or any (D11). */
export const goal = z.object({
  name,
  match: z.enum(['ALL', 'ANY']).default('ALL'),
  conditions: z.array(condition).min(1).max(20),
});
export type Goal = z.output<typeof goal>;

/** Weighted rules that give 0 to 100 (D11): the weight of what holds over the weight of what could be decided. */
export const scorecard = z.object({
  name,
  rules: z
    .array(z.object({ label: name, weight: z.number().positive().max(1000), condition }))
    .min(1)
    .max(50),
});
export type Scorecard = z.output<typeof scorecard>;

/** UNKNOWN: the result is not there, failed, or nobody spoke of it. */
export const ruleOutcomes = ['MET', 'NOT_MET', 'UNKNOWN'] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

const outcome = z.enum(ruleOutcomes);

export const goalEvaluation = z.object({
  goalId: z.uuid(),
  outcome,
  /** One for each condition, in its order. */
  conditions: z.array(outcome),
});
export type GoalEvaluation = z.output<typeof goalEvaluation>;

export const scorecardEvaluation = z.object({
  scorecardId: z.uuid(),
  /** 0 to 100; null when no rule could be decided. */
  score: z.number().min(0).max(100).nullable(),
  /** What each rule gives, in its order; points add up to the score, and UNKNOWN rules give none and take none. */
  rules: z.array(z.object({ outcome, points: z.number().min(0).max(100), possible: z.number().min(0).max(100) })),
});
export type ScorecardEvaluation = z.output<typeof scorecardEvaluation>;
