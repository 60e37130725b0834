import { studentQuantile, type Interval } from './interval.js';

/** Sums over the conversations that have a number before and after. */
export interface PairedSums {
  readonly count: number;
  readonly before: number;
  readonly after: number;
  /** Of after less before. */
  readonly difference: number;
  readonly squaredDifference: number;
}

/** How far a number moved on average. */
export interface Shift {
  /** Conversations that have a number before and after. */
  readonly count: number;
  readonly meanBefore: number;
  readonly meanAfter: number;
  /** After less before. */
  readonly mean: number;
  /** 95 %; null for fewer than two. */
  readonly interval: Interval | null;
}

/**
 * The mean of the differences, conversation by conversation, with the interval of the paired t-test; null for none.
 * Student (W. S. Gosset), The probable error of a mean, Biometrika 6 (1908), 1-25.
 */
export function shiftOf({ count, before, after, difference, squaredDifference }: PairedSums): Shift | null {
  if (count === 0) return null;
  const mean = difference / count;
  return {
    ...{ count, meanBefore: before / count, meanAfter: after / count, mean },
    interval: count < 2 ? null : around(mean, count, squaredDifference - difference * mean),
  };
}

/** @param squares of the deviations from the mean, added up; rounding may take them below 0 */
function around(mean: number, count: number, squares: number): Interval {
  const half = studentQuantile(count - 1) * Math.sqrt(Math.max(0, squares) / (count - 1) / count);
  return { low: mean - half, high: mean + half };
}
