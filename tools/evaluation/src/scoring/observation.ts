/**
 * What one answer adds to a measure. Hits over `of` is right over all; for an F1 the hits are twice what was found
 * rightly, over what was found and what should have been found together.
 */
export interface Observation {
  readonly measure: string;
  readonly hits: number;
  readonly of: number;
}

/** Right or wrong. */
export const judged = (measure: string, isRight: boolean): Observation => ({ measure, hits: isRight ? 1 : 0, of: 1 });

/** Some of several were right. */
export const share = (measure: string, hits: number, of: number): Observation => ({ measure, hits, of });

/** F1 over sets: so many are right of those found and of those expected. */
export const overlap = (measure: string, right: number, found: number, expected: number): Observation => ({
  measure,
  hits: 2 * right,
  of: found + expected,
});
