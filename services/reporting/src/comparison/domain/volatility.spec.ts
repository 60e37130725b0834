import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recommend, recommendations, type Findings } from './recommendation.js';
import { noiseFloorOf, volatilityOf, type Part, type VolatilityRating } from './volatility.js';

const unmeasured = noiseFloorOf({ changed: 0, compared: 0 });

describe('volatility', () => {
  it.each<[number, number, VolatilityRating | null]>([
    [0, 0, null],
    [0, 100, 'LOW'],
    [49, 1000, 'LOW'],
    [5, 100, 'MEDIUM'],
    [20, 100, 'MEDIUM'],
    [201, 1000, 'HIGH'],
    [1, 1, 'HIGH'],
  ])('of %i changed of %i is %s, by the point estimate', (changed, compared, rating) => {
    expect(volatilityOf({ changed, compared }, unmeasured).rating).toBe(rating);
  });

  it('says that it rests on few under twenty compared results', () => {
    expect(volatilityOf({ changed: 1, compared: 19 }, unmeasured).restsOnFew).toBe(true);
    expect(volatilityOf({ changed: 1, compared: 20 }, unmeasured).restsOnFew).toBe(false);
  });

  it('is HIGH only for more than answers move by themselves, where that was measured on twenty or more', () => {
    const rating = (part: Part, noise: Part) => volatilityOf(part, noiseFloorOf(noise));
    const part = { changed: 30, compared: 100 };
    expect(rating(part, { changed: 25, compared: 100 })).toMatchObject({ rating: 'MEDIUM', exceedsNoise: false });
    expect(rating(part, { changed: 5, compared: 100 })).toMatchObject({ rating: 'HIGH', exceedsNoise: true });
    expect(rating(part, { changed: 19, compared: 19 })).toMatchObject({ rating: 'HIGH', exceedsNoise: null });
    expect(rating({ changed: 1, compared: 100 }, { changed: 0, compared: 100 }).rating).toBe('LOW');
  });

  it('exceeds the noise beyond chance as Newcombe says it', () => {
    // 56 of 70 against 48 of 80, his example (a): the interval of the difference 0.2 begins at 0.0524 (method 10).
    const noise = (changed: number) => noiseFloorOf({ changed, compared: 80 });
    expect(volatilityOf({ changed: 56, compared: 70 }, noise(48)).exceedsNoise).toBe(true);
    expect(volatilityOf({ changed: 56, compared: 70 }, noise(53)).exceedsNoise).toBe(false);
  });

  it('never exceeds noise that is as great, and rates a greater share no lower', () => {
    const part = fc
      .integer({ min: 20, max: 300 })
      .chain((compared) => fc.record({ changed: fc.nat(compared), compared: fc.constant(compared) }));
    const ranks: readonly (VolatilityRating | null)[] = ['LOW', 'MEDIUM', 'HIGH'];
    fc.assert(
      fc.property(part, part, (one, noise) => {
        expect(volatilityOf(noise, noiseFloorOf(noise)).exceedsNoise).toBe(false);
        const more = { ...one, changed: Math.min(one.compared, one.changed + 1) };
        const [less, greater] = [one, more].map((each) => volatilityOf(each, noiseFloorOf(noise)).rating);
        expect(ranks.indexOf(greater ?? null)).toBeGreaterThanOrEqual(ranks.indexOf(less ?? null));
      }),
    );
  });
});

describe('the recommendation', () => {
  const findings = (part: Part, more: Partial<Findings> = {}, noise: Part = { changed: 0, compared: 0 }): Findings => ({
    ...{ volatility: volatilityOf(part, noiseFloorOf(noise)), isFinished: true, failed: 0, added: 0, removed: 0 },
    conversations: { planned: 0, failed: 0 },
    ...more,
  });

  it.each<[keyof typeof recommendations, Findings]>([
    ['NOT_FINISHED', findings({ changed: 0, compared: 100 }, { isFinished: false })],
    ['LOOK_AT_FAILURES', findings({ changed: 0, compared: 90 }, { failed: 10 })],
    [
      'LOOK_AT_FAILURES',
      findings({ changed: 0, compared: 90 }, { conversations: { planned: 100, failed: 6 }, removed: 50 }),
    ],
    ['TAKES_AWAY', findings({ changed: 0, compared: 90 }, { removed: 10 })],
    ['TAKES_AWAY', findings({ changed: 0, compared: 0 }, { removed: 1 })],
    ['SAFE', findings({ changed: 0, compared: 100 }, { removed: 2 })],
    ['NOTHING_TO_COMPARE', findings({ changed: 0, compared: 0 }, { added: 100 })],
    ['NOTHING_CHANGED', findings({ changed: 0, compared: 10 })],
    ['FEW_CELLS', findings({ changed: 1, compared: 10 })],
    ['SAFE', findings({ changed: 4, compared: 100 })],
    ['MOSTLY_NOISE', findings({ changed: 30, compared: 100 }, {}, { changed: 25, compared: 100 })],
    ['SAMPLE', findings({ changed: 10, compared: 100 })],
    ['REVIEW', findings({ changed: 50, compared: 100 })],
  ])('is the first of the table that fits: %s', (code, given) => {
    expect(recommend(given)).toEqual({ code, sentence: recommendations[code] });
  });
});
