import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { percentile, ratiosOf, seededRandom, spreadOf } from './statistics.js';

describe('statistics of a bench', () => {
  it('take the middle of an odd count and the mean of the two middles of an even one', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, least: 1, most: 9 });
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it('keep the median between the extremes', () => {
    const values = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (rates) => {
        const { median, least, most } = spreadOf(rates);
        expect(median).toBeGreaterThanOrEqual(least);
        expect(median).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('give the value that so many percent do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([50, 99, 100].map((percent) => percentile(hundred, percent))).toEqual([50, 99, 100]);
    expect(percentile([7], 1)).toBe(7);
    expect(() => percentile([], 50)).toThrow(RangeError);
  });

  it('compare repetition with repetition', () => expect(ratiosOf([10, 30], [20, 10])).toEqual([0.5, 3]));

  it('draw the same numbers for the same seed', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
});
