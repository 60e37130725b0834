import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasCalendarDate, momentsIn } from './moments.js';

const kindsOf = (text: string): string[] => momentsIn(text).map(({ kind, text: words }) => `${kind} ${words}`);

describe('Days and times in what is said', () => {
  it.each([
    ['Tuesday the twenty-first at two', ['DAY Tuesday the twenty-first', 'CLOCK at two']],
    ['by the fifteenth of August', ['DAY the fifteenth of August']],
    ['on March 3rd, 2026', ['DAY March 3rd, 2026']],
    ['mid-August, or in two weeks', ['MONTH mid-August', 'PERIOD in two weeks']],
    ['tomorrow at 10:30', ['DAY tomorrow', 'CLOCK at 10:30']],
  ])('reads "%s"', (text, expected) => {
    expect(kindsOf(text)).toEqual(expected);
  });

  it('tells the month of May from the word may', () => {
    expect(kindsOf('We may come. In May, perhaps.')).toEqual(['MONTH May']);
  });

  it('takes no share and no amount for a time of day', () => {
    expect(kindsOf('at ten percent, at two thousand')).toEqual([]);
  });

  it('knows a calendar date from a weekday', () => {
    expect(hasCalendarDate('It runs until 30 June.')).toBe(true);
    expect(hasCalendarDate('See you on Friday.')).toBe(false);
  });

  it('finds places in the text that hold their words, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const { start, end, text: words } of momentsIn(text)) expect(text.slice(start, end)).toBe(words);
      }),
    );
  });
});
