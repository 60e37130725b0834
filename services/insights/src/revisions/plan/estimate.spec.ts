import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askingOf, estimateOf, type Asking, type History, type Moments } from './estimate.js';

const momentsOf = (values: readonly number[]): Moments => ({
  count: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});

const historyOf = (subjectId: string, tokens: readonly number[], type: History['type'] = 'YES_NO'): History => ({
  ...{ subjectId, type },
  moments: {
    calls: momentsOf(tokens.map(() => 1)),
    tokens: momentsOf(tokens),
    costMicros: momentsOf(tokens.map(() => 0)),
    durationMs: momentsOf(tokens.map((value) => value / 10)),
  },
});

const asking = (subjectId: string, cells: number, type: Asking['type'] = 'YES_NO'): Asking => ({
  ...{ subjectId, cells: { least: cells, most: cells }, type },
});

/** The same numbers in every run of the test. */
function* uniform(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe('an estimate', () => {
  it('holds what really comes in at least nine of ten revisions, also where answers rise and fall together', () => {
    const numbers = uniform(7);
    const next = (): number => numbers.next().value;
    // Long conversations take more of every definition: a skewed length that all answers about it share.
    const conversation = (): number => 200 - 900 * Math.log(1 - next());
    const tokensOf = (length: number): number => length * (0.8 + 0.4 * next()) + 100;
    const definitions = ['a', 'b', 'c'];
    const trials = Array.from({ length: 200 }, () => {
      const past = Array.from({ length: 30 }, conversation);
      const histories = definitions.map((id) => historyOf(id, past.map(tokensOf)));
      const cells = 5 + Math.floor(next() * 200);
      const { tokens } = estimateOf(
        definitions.map((id) => asking(id, cells)),
        histories,
        1,
      );
      const lengths = Array.from({ length: cells }, conversation);
      const actual = definitions.flatMap(() => lengths.map(tokensOf)).reduce((sum, value) => sum + value, 0);
      return tokens.low <= actual && actual <= tokens.high;
    });
    expect(trials.filter(Boolean).length / trials.length).toBeGreaterThanOrEqual(0.9);
  });

  it('expects the mean for each cell, between its bounds, and nothing for no cell', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 1_000 }), (tokens, cells) => {
        const { low, expected, high } = estimateOf([asking('a', cells)], [historyOf('a', tokens)], 1).tokens;
        const mean = tokens.reduce((sum, value) => sum + value, 0) / tokens.length;
        expect(expected).toBeCloseTo(cells * mean, 3);
        expect(low).toBeLessThanOrEqual(expected);
        expect(high).toBeGreaterThanOrEqual(expected);
        if (cells === 0) expect(high).toBe(0);
      }),
    );
  });

  it('takes the history of the definition, else of its type, else all that there is, and says how much that is', () => {
    const histories = [historyOf('a', [100, 100]), historyOf('b', [300, 300]), historyOf('c', [500, 500], 'SUMMARY')];
    const expectedOf = (one: Asking): [number, number] => {
      const { tokens, samples } = estimateOf([one], histories, 1);
      return [tokens.expected, samples];
    };
    expect(expectedOf(asking('a', 1))).toEqual([100, 2]);
    expect(expectedOf(asking('new', 1))).toEqual([200, 4]);
    expect(expectedOf(asking('new', 1, 'CHECKLIST'))).toEqual([300, 6]);
    expect(estimateOf([asking('a', 1)], [], 1)).toMatchObject({ samples: 0, tokens: { low: 0, expected: 0, high: 0 } });
  });

  it('is of cells that are asked, and of unchanged ones that are asked again, by their share', () => {
    const definition = (definitionId: string, rerun: number, added: number, reused: number) => ({
      ...{ definitionId, rerun, new: added, reused, outOfScope: 9, reasons: [] },
    });
    const plan = {
      ...{ conversations: 1, scopeDigest: '', stages: [] },
      definitions: [definition('a', 1, 2, 30), definition('b', 0, 0, 10)],
    };
    const cells = (repeated: number): number[] => askingOf(plan, () => null, repeated).map((one) => one.cells.most);
    expect(cells(0)).toEqual([3, 0]);
    expect(cells(4)).toEqual([6, 1]);
    expect(cells(1_000)).toEqual([33, 10]);
    expect(askingOf({ ...plan, definitions: [definition('a', 1, 0, 0)] }, () => null, 5)).toMatchObject([
      { cells: { least: 1, most: 1 } },
    ]);
  });

  it('is shorter where answers are made side by side, at the latest as long as one after the other', () => {
    const one = estimateOf([asking('a', 10)], [historyOf('a', [100, 200, 300])], 1).durationMs;
    const four = estimateOf([asking('a', 10)], [historyOf('a', [100, 200, 300])], 4).durationMs;
    expect(four).toEqual({ low: one.low / 4, expected: one.expected / 4, high: one.high });
  });
});
