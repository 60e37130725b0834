import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cohensKappa, type Flip } from './agreement.js';
import { studentQuantile, wilsonInterval } from './interval.js';
import { shiftOf, type PairedSums } from './shift.js';

describe('the interval of a share', () => {
  it('is what the formula gives by hand', () => {
    // 10 of 100: centre (0.1 + 3.8415 / 200) / 1.038415 = 0.11480, half 1.96 / 1.038415 * sqrt(0.0009 + 0.000096) = 0.05957.
    expect(wilsonInterval(10, 100)).toEqual({ low: expect.closeTo(0.0552, 4), high: expect.closeTo(0.1744, 4) });
    // 0 of 10: from 0 to z² / (n + z²).
    expect(wilsonInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(3.8415 / 13.8415, 4) });
    expect(wilsonInterval(10, 10)).toEqual({ low: expect.closeTo(10 / 13.8415, 4), high: 1 });
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('holds the share, lies within 0 and 1, and turns round with it', () => {
    const counts = fc.nat(500).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole + 1)));
    fc.assert(
      fc.property(counts, ([part, whole]) => {
        const { low, high } = wilsonInterval(part, whole)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(part / whole);
        expect(high).toBeGreaterThanOrEqual(part / whole);
        expect(high).toBeLessThanOrEqual(1);
        expect(wilsonInterval(whole - part, whole)!.low).toBeCloseTo(1 - high, 10);
      }),
    );
  });
});

describe("the quantile of Student's distribution", () => {
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [5, 2.5706],
    [10, 2.2281],
    [30, 2.0423],
    [1000, 1.9623],
  ])('is that of the tables for %i degrees of freedom', (degrees, value) => {
    expect(Math.abs(studentQuantile(degrees) / value - 1)).toBeLessThan(0.002);
  });
});

describe("Cohen's kappa", () => {
  const flips = (cells: readonly (readonly [string | null, string | null, number])[]): Flip[] =>
    cells.map(([before, after, count]) => ({ before, after, cells: count }));

  it('is what the formula gives by hand', () => {
    // Cohen's own kind of example: 20 and 15 alike of 50; by chance (25 * 30 + 25 * 20) / 2500 = 0.5.
    const table = flips([
      ['YES', 'YES', 20],
      ['YES', 'NO', 5],
      ['NO', 'YES', 10],
      ['NO', 'NO', 15],
    ]);
    expect(cohensKappa(table)).toBeCloseTo(0.4, 10);
  });

  it('is 1 where all stay, and nothing where there is one category or no result', () => {
    expect(
      cohensKappa(
        flips([
          ['a', 'a', 3],
          [null, null, 2],
        ]),
      ),
    ).toBeCloseTo(1, 10);
    expect(cohensKappa(flips([['a', 'a', 3]]))).toBeNull();
    expect(cohensKappa([])).toBeNull();
  });
});

const sumsOf = (pairs: readonly (readonly [number, number])[]): PairedSums => ({
  count: pairs.length,
  before: pairs.reduce((sum, [before]) => sum + before, 0),
  after: pairs.reduce((sum, [, after]) => sum + after, 0),
  difference: pairs.reduce((sum, [before, after]) => sum + after - before, 0),
  squaredDifference: pairs.reduce((sum, [before, after]) => sum + (after - before) ** 2, 0),
});

describe('the shift of a number', () => {
  it('is what the paired test gives by hand', () => {
    // Differences 1, 2, 0, 1, 1: mean 1, variance 2 / 4, standard error sqrt(0.5 / 5) = 0.31623, t(4) = 2.7764.
    const sums = sumsOf([
      [1, 2],
      [3, 5],
      [4, 4],
      [2, 3],
      [5, 6],
    ]);
    expect(shiftOf(sums)).toEqual({
      ...{ count: 5, meanBefore: 3, meanAfter: 4, mean: 1 },
      interval: { low: expect.closeTo(1 - 0.878, 2), high: expect.closeTo(1 + 0.878, 2) },
    });
  });

  it('has no interval for one, is nothing for none, and none at all in width where all move alike', () => {
    expect(shiftOf(sumsOf([[1, 3]]))).toEqual({ count: 1, meanBefore: 1, meanAfter: 3, mean: 2, interval: null });
    expect(shiftOf(sumsOf([]))).toBeNull();
    expect(shiftOf(sumsOf([[1, 3], [2, 4], [7, 9]]))?.interval).toEqual({ low: 2, high: 2 }); // prettier-ignore
  });
});
