import type { Counted } from './tally.js';

/** What is said about numbers; all null but the count where there is none. */
export interface NumberStatistics {
  readonly count: number;
  readonly mean: number | null;
  /** Of an even count, the mean of the two in the middle. */
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** Statistics of numbers of which each distinct one is there once, with its count. */
export function statisticsOf(numbers: readonly Counted<number>[]): NumberStatistics {
  const sorted = [...numbers].sort((left, right) => left.value - right.value);
  const count = sorted.reduce((sum, one) => sum + one.count, 0);
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  if (!first || !last) return { count: 0, mean: null, median: null, min: null, max: null };
  const total = sorted.reduce((sum, one) => sum + one.value * one.count, 0);
  return { count, mean: total / count, median: medianOf(sorted, count), min: first.value, max: last.value };
}

function medianOf(sorted: readonly Counted<number>[], count: number): number {
  const lower = at(sorted, Math.floor((count - 1) / 2));
  const upper = at(sorted, Math.floor(count / 2));
  return lower === upper ? lower : lower + (upper - lower) / 2;
}

/** The number at this place, counted from 0, if each stood there as often as it is counted. */
function at(sorted: readonly Counted<number>[], place: number): number {
  let passed = 0;
  for (const { value, count } of sorted) {
    passed += count;
    if (place < passed) return value;
  }
  throw new RangeError(`There is no place ${place} among ${passed} numbers.`);
}
