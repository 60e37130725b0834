import type { Volatility } from './volatility.js';

/** What a review recommends; see the table of the decision (docs/adr/0123-comparison.md) for which one, and when. */
export const recommendations = {
  NOT_FINISHED: 'Wait until the revision has finished: what is still pending may change the picture.',
  NOTHING_TO_COMPARE: 'Nothing can be compared with what is in force; look at some of the new results yourself.',
  LOOK_AT_FAILURES: 'Try again what failed before you make it live: more than one result in twenty is missing.',
  FEW_CELLS: 'Look at the changes one by one: too few results were compared for a rating.',
  NOTHING_CHANGED: 'You may make it live: it changes no result that is there already.',
  TAKES_AWAY: 'Look at what is removed before you make it live: more than one result in twenty would be gone.',
  MOSTLY_NOISE: 'Think twice: not more has changed than answers move by themselves.',
  SAFE: 'You may make it live: few results change.',
  SAMPLE: 'Look at a sample of the changes, then make it live.',
  REVIEW: 'Review the changes definition by definition before you make it live: many results change.',
} as const;
export type RecommendationCode = keyof typeof recommendations;
export const recommendationCodes = Object.keys(recommendations) as [RecommendationCode, ...RecommendationCode[]];

export interface Recommendation {
  readonly code: RecommendationCode;
  /** One sentence for people. */
  readonly sentence: string;
}

/** What a recommendation rests on. */
export interface Findings {
  readonly volatility: Volatility;
  readonly isFinished: boolean;
  /** Results that the revision asked for and did not get. */
  readonly failed: number;
  /** Results that are there with the revision alone. */
  readonly added: number;
  /** Results that are there without the revision alone. */
  readonly removed: number;
  /** Conversations of the revision, and those of which nothing was asked because they failed as a whole. */
  readonly conversations: { readonly planned: number; readonly failed: number };
}

/** Results that fail, or that are taken away, are more than this part of all: too many to go live. */
const tooMany = 0.05;

export function recommend(findings: Findings): Recommendation {
  const code = codeOf(findings);
  return { code, sentence: recommendations[code] };
}

function codeOf({ volatility, isFinished, failed, added, removed, conversations }: Findings): RecommendationCode {
  const { compared, changed, restsOnFew, exceedsNoise, rating } = volatility;
  if (!isFinished) return 'NOT_FINISHED';
  if (failed > tooMany * (compared + added + failed)) return 'LOOK_AT_FAILURES';
  if (conversations.failed > tooMany * conversations.planned) return 'LOOK_AT_FAILURES';
  if (removed > tooMany * (compared + removed)) return 'TAKES_AWAY';
  if (compared === 0) return 'NOTHING_TO_COMPARE';
  if (changed + removed === 0) return 'NOTHING_CHANGED';
  if (restsOnFew) return 'FEW_CELLS';
  if (rating === 'LOW') return 'SAFE';
  if (exceedsNoise === false) return 'MOSTLY_NOISE';
  return rating === 'HIGH' ? 'REVIEW' : 'SAMPLE';
}
