import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantitiesIn } from './quantities.js';

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Spells a whole number below a million. */
function spell(value: number): string {
  if (value < 20) return units[value] ?? '';
  if (value < 100) return `${tens[Math.floor(value / 10)]}${value % 10 === 0 ? '' : `-${units[value % 10]}`}`;
  const [step, word] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const rest = value % step;
  const joined = rest === 0 ? '' : `${rest < 100 ? ' and ' : ' '}${spell(rest)}`;
  return `${spell(Math.floor(value / step))} ${word}${joined}`;
}

describe('Numbers in what is said', () => {
  it.each([
    ['a hundred and twelve thousand. Pounds.', 'MONEY', 112_000, 'GBP'],
    ['about 12.5k a year', 'NUMBER', 12_500, null],
    ['fifteen percent off', 'PERCENT', 15, null],
    ['two and a half per cent', 'PERCENT', 2.5, null],
    ['€1,200 a month', 'MONEY', 1200, 'EUR'],
    ['three grand', 'MONEY', 3000, null],
    ['one and a half million dollars', 'MONEY', 1_500_000, 'USD'],
    ['the twenty-first', 'ORDINAL', 21, null],
    ['on the 16th', 'ORDINAL', 16, null],
    ['a dozen rooms', 'NUMBER', 12, null],
  ])('reads "%s"', (text, kind, value, currency) => {
    expect(quantitiesIn(text)).toMatchObject([{ kind, value, currency }]);
  });

  it('reads every spelt number as its value, with the word behind it as its unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999_999 }), (value) => {
        expect(quantitiesIn(`we have ${spell(value)} chairs`)).toMatchObject([{ value, unit: 'chairs' }]);
      }),
    );
  });

  it('parts numbers that only stand side by side', () => {
    expect(quantitiesIn('between six and eight, or ninety-six four').map(({ value }) => value)).toEqual([6, 8, 96, 4]);
  });

  it('leaves "one" alone where it counts nothing', () => {
    expect(quantitiesIn('that one, or one of them')).toEqual([]);
    expect(quantitiesIn('one garage')).toMatchObject([{ value: 1, unit: 'garage' }]);
  });

  it('finds places in the text, in order and apart from each other, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let end = 0;
        for (const quantity of quantitiesIn(text)) {
          expect(quantity.start).toBeGreaterThanOrEqual(end);
          expect(quantity.end).toBeLessThanOrEqual(text.length);
          end = quantity.end;
        }
      }),
    );
  });
});
