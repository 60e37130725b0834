import type { RuleOutcome } from '@harmony/contracts';
import { statisticsOf } from './statistics.js';
import { countWhere, share, type Counted } from './tally.js';

/** How a goal came out; conversations that were not evaluated for it are not counted. */
export interface GoalCounts {
  readonly met: number;
  readonly notMet: number;
  readonly unknown: number;
  /** Met, of those that were met or not. */
  readonly share: number | null;
}

export function goalCounts(outcomes: readonly Counted<RuleOutcome | undefined>[]): GoalCounts {
  const of = (outcome: RuleOutcome): number => countWhere(outcomes, (one) => one === outcome);
  const [met, notMet] = [of('MET'), of('NOT_MET')];
  return { met, notMet, unknown: of('UNKNOWN'), share: share(met, met + notMet) };
}

/** Scores that could be decided. */
export interface ScoreCounts {
  readonly count: number;
  readonly mean: number | null;
}

export interface ScoreBand {
  readonly from: number;
  /** Excluded, but for the last band. */
  readonly to: number;
  readonly count: number;
}

export interface ScoreFigures extends ScoreCounts {
  readonly median: number | null;
  readonly distribution: readonly ScoreBand[];
}

const bandWidth = 10;
const bands = 10;

type Scores = readonly Counted<number | null>[];

const decided = (scores: Scores): Counted<number>[] =>
  scores.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));

export function scoreFigures(scores: Scores): ScoreFigures {
  const numbers = decided(scores);
  const { count, mean, median } = statisticsOf(numbers);
  const bandOf = (score: number): number => Math.min(Math.floor(score / bandWidth), bands - 1);
  const distribution = Array.from({ length: bands }, (_, band) => ({
    from: band * bandWidth,
    to: (band + 1) * bandWidth,
    count: countWhere(numbers, (score) => bandOf(score) === band),
  }));
  return { count, mean, median, distribution };
}

export function scoreCounts(scores: Scores): ScoreCounts {
  const { count, mean } = statisticsOf(decided(scores));
  return { count, mean };
}
