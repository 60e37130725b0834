import type { Measured } from '../scoring/measures.js';

/** A measure that is below what was asked of it. */
export interface Miss {
  readonly measure: string;
  readonly minimum: number;
  /** Null where nothing could be measured. */
  readonly value: number | null;
}

/** What is below its threshold; a measure that is asked for and was not taken is missed too. */
export function missed(measures: ReadonlyMap<string, Measured>, minimums: ReadonlyMap<string, number>): Miss[] {
  return [...minimums].flatMap(([measure, minimum]) => {
    const value = measures.get(measure)?.value ?? null;
    return value !== null && value >= minimum ? [] : [{ measure, minimum, value }];
  });
}
