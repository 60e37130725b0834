import { z } from 'zod';

/** The thirteen kinds of questions that a definition can ask (F50 to F62). */
export const insightTypes = [
  'SUMMARY',
  'COMPETITORS',
  'DISCOUNT',
  'BUYER_ENGAGEMENT',
  'OPEN_QUESTION',
  'YES_NO',
  'CHECKLIST',
  'MARKDOWN',
  'GROUP',
  'SCALE',
  'FUNNEL',
  'SPIN_IMPROVEMENT',
  'SPIN_DISTRIBUTION',
] as const;
export type InsightType = (typeof insightTypes)[number];

/** The kinds of questions in the SPIN technique of selling. */
export const spinQuadrants = ['SITUATION', 'PROBLEM', 'IMPLICATION', 'NEED_PAYOFF'] as const;
export type SpinQuadrant = (typeof spinQuadrants)[number];

/** How a competitor stands with the customer. */
export const competitorStances = ['CONSIDERED', 'CURRENT', 'DISMISSED', 'NEUTRAL'] as const;
export type CompetitorStance = (typeof competitorStances)[number];

/** What buyer engagement means, by score: 8 to 10 strong, 6 and 7 moderate, below limited (D7). */
export const engagementBands = ['STRONG', 'MODERATE', 'LIMITED'] as const;
export type EngagementBand = (typeof engagementBands)[number];

/** Whether an item of a checklist was found. That nobody spoke of it is not the same as that it was not met (D10). */
export const checklistOutcomes = ['MET', 'NOT_MET', 'NOT_DISCUSSED'] as const;
export type ChecklistOutcome = (typeof checklistOutcomes)[number];

/** Names an item, a bucket or a stage within its definition; stays when the text changes. */
export const partKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/, {
  error: 'A key has 1 to 50 letters, digits, hyphens and underscores, and begins with a letter or a digit.',
});

/** Who asked for a run: the pipeline itself, or a revision. */
export const runKinds = ['PIPELINE', 'REVISION'] as const;
export type RunKind = (typeof runKinds)[number];

/** What became of a definition in a conversation; it settles once. */
export const resultOutcomes = ['PENDING', 'ANSWERED', 'NOT_DISCUSSED', 'FAILED', 'DROPPED'] as const;
export type ResultOutcome = (typeof resultOutcomes)[number];
