/** A part of a whole; null of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export const mean = (numbers: readonly number[]): number | null => share(sum(numbers), numbers.length);

export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((left, right) => left - right);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export interface NumberFigures {
  readonly count: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

export const describe = (numbers: readonly number[]): NumberFigures => ({
  ...{ count: numbers.length, mean: mean(numbers), median: median(numbers) },
  min: numbers.length === 0 ? null : Math.min(...numbers),
  max: numbers.length === 0 ? null : Math.max(...numbers),
});

export const countOf = <Item>(items: readonly Item[], passes: (item: Item) => boolean): number =>
  items.filter(passes).length;
