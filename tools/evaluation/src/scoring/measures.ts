import type { Observation } from './observation.js';

/** A measure over all answers; `value` is null where nothing could be measured. */
export interface Measured {
  readonly value: number | null;
  readonly hits: number;
  readonly of: number;
}

/** Sums observations by their measure, in the order of their first appearance. */
export function measured(observations: Iterable<Observation>): Map<string, Measured> {
  const sums = new Map<string, { hits: number; of: number }>();
  for (const { measure, hits, of } of observations) {
    const sum = sums.get(measure) ?? { hits: 0, of: 0 };
    sums.set(measure, { hits: sum.hits + hits, of: sum.of + of });
  }
  return new Map([...sums].map(([measure, { hits, of }]) => [measure, { value: of > 0 ? hits / of : null, hits, of }]));
}
