import type { Turn } from '@harmony/transcript';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { statisticsOf } from './statistics.js';

const turn = (speaker: string, text: string, startMs: number | null = null, endMs: number | null = null): Turn => ({
  ...{ index: 0, speaker, text, startMs, endMs },
});
const nobody = (): null => null;
const sides = (speaker: string): 'HOST' | 'CUSTOMER' | null =>
  speaker === 'A' ? 'HOST' : speaker === 'B' ? 'CUSTOMER' : null;
const total = (parts: readonly { share: number }[]): number => parts.reduce((sum, { share }) => sum + share, 0);

const text = fc.oneof(
  fc.constant(''),
  fc
    .array(fc.constantFrom('yes', 'no', 'why?', 'really?!', '你好？', 'a?b=c', '…'), { maxLength: 8 })
    .map((words) => words.join(' ')),
);
const time = fc.option(fc.integer({ min: 0, max: 100_000 }));
const speaker = fc.constantFrom('A', 'B', 'C', 'AA');
const anyTurn = fc.record({ index: fc.nat(), speaker, text, startMs: time, endMs: time });
const timedTurn = fc
  .record({ speaker, text, startMs: fc.nat(100_000), length: fc.nat(20_000) })
  .map(({ length, ...rest }) => ({ ...rest, index: 0, endMs: rest.startMs + length }));

describe('statistics of a transcript', () => {
  it('count who speaks for how long, the longest stretch, and when nobody speaks', () => {
    const turns = [
      turn('A', 'Hello Bob, how are you?', 0, 2_000),
      turn('B', 'Fine.', 3_000, 4_000),
      turn('B', 'And you? Really?', 4_000, 6_000),
      turn('A', 'Fine', 5_000, 6_000),
    ];
    expect(statisticsOf(turns, sides)).toEqual({
      ...{ turns: 4, words: 10, durationMs: 6_000, silenceMs: 1_000 },
      speakers: [
        {
          ...{ speaker: 'A', turns: 2, words: 6, share: 0.5, spokenMs: 3_000, questions: 1 },
          ...{ longestMonologueWords: 5, longestMonologueMs: 2_000, wordsPerMinute: 120 },
        },
        {
          ...{ speaker: 'B', turns: 2, words: 4, share: 0.5, spokenMs: 3_000, questions: 2 },
          ...{ longestMonologueWords: 4, longestMonologueMs: 3_000, wordsPerMinute: 80 },
        },
      ],
      sides: [expect.objectContaining({ role: 'HOST' }), expect.objectContaining({ role: 'CUSTOMER' })],
    });
  });

  it('count what two people of a side say at once one time for the side', () => {
    const turns = [turn('A', 'One', 0, 1_000), turn('C', 'Two', 0, 1_000), turn('B', 'Three', 1_000, 2_000)];
    const role = (code: string): 'HOST' | 'CUSTOMER' => (code === 'B' ? 'CUSTOMER' : 'HOST');
    expect(statisticsOf(turns, role).sides).toMatchObject([
      { role: 'HOST', turns: 2, spokenMs: 1_000, share: 0.5, longestMonologueWords: 2, longestMonologueMs: 1_000 },
      { role: 'CUSTOMER', spokenMs: 1_000, share: 0.5 },
    ]);
  });

  it('share by words where a time is missing, and say nothing of times then', () => {
    const turns = [turn('A', 'one two three', 0, 1_000), turn('B', 'four', 5_000, null)];
    expect(statisticsOf(turns, nobody)).toMatchObject({
      ...{ durationMs: 5_000, silenceMs: null, sides: [] },
      speakers: [
        { speaker: 'A', share: 0.75, spokenMs: null, wordsPerMinute: null, longestMonologueMs: null },
        { speaker: 'B', share: 0.25 },
      ],
    });
    expect(statisticsOf([turn('A', 'one')], nobody)).toMatchObject({ durationMs: null, silenceMs: null });
  });

  it('of an empty transcript are empty', () => {
    const none = { turns: 0, words: 0, durationMs: null, silenceMs: null, speakers: [], sides: [] };
    expect(statisticsOf([], nobody)).toEqual(none);
  });

  it('keep 200 of a thousand speakers, those who say most', () => {
    const turns = Array.from({ length: 1_000 }, (_, index) => turn(`${'A'.repeat(index + 1)}`, 'word '.repeat(index)));
    const { speakers } = statisticsOf(turns, nobody);
    expect(speakers).toHaveLength(200);
    expect(speakers[0]?.words).toBe(999);
  });

  it('have shares that add up to 1, and no figure below 0, whatever the times are', () => {
    fc.assert(
      fc.property(fc.array(anyTurn, { minLength: 1, maxLength: 30 }), (turns) => {
        const { speakers, sides: both, silenceMs, durationMs } = statisticsOf(turns, sides);
        expect(total(speakers)).toBeCloseTo(1, 9);
        expect(total(both)).toBeLessThanOrEqual(1 + 1e-9);
        for (const { share, ...rest } of [...speakers, ...both]) {
          expect(share).toBeGreaterThanOrEqual(0);
          for (const value of Object.values(rest))
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        }
        if (silenceMs !== null) expect(silenceMs).toBeGreaterThanOrEqual(0);
        if (durationMs !== null) expect(durationMs).toBeGreaterThanOrEqual(silenceMs ?? 0);
      }),
    );
  });

  it('add up over speakers and over sides, where every time is stated', () => {
    fc.assert(
      fc.property(fc.array(timedTurn, { minLength: 1, maxLength: 30 }), (turns) => {
        const { words, speakers, durationMs, silenceMs } = statisticsOf(turns, sides);
        expect(speakers.reduce((sum, each) => sum + each.words, 0)).toBe(words);
        expect(speakers.reduce((sum, each) => sum + each.turns, 0)).toBe(turns.length);
        const spoken = speakers.reduce((sum, { spokenMs }) => sum + (spokenMs ?? 0), 0);
        expect(spoken).toBeGreaterThanOrEqual((durationMs ?? 0) - (silenceMs ?? 0));
        for (const { spokenMs } of speakers) expect(spokenMs).toBeLessThanOrEqual(durationMs ?? 0);
      }),
    );
  });

  it('do not depend on the order of the turns, but for the longest stretch', () => {
    const shuffled = fc
      .array(anyTurn, { maxLength: 20 })
      .chain((turns) => fc.tuple(fc.constant(turns), fc.shuffledSubarray(turns, { minLength: turns.length })));
    const withoutStretches = (turns: readonly Turn[]): string =>
      JSON.stringify(statisticsOf(turns, sides), (key, value: unknown) =>
        key.startsWith('longestMonologue') ? undefined : value,
      );
    fc.assert(fc.property(shuffled, ([turns, other]) => expect(withoutStretches(other)).toBe(withoutStretches(turns))));
  });
});
