import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contains, mentions } from './mentions.js';
import { foldNumbers } from './numbers.js';
import { comparedWords } from './words.js';

const words = (text: string): string =>
  comparedWords(text)
    .map((word) => word.text)
    .join(' ');

describe('Numbers as they are compared', () => {
  it.each([
    ['twenty one thousand', '21000'],
    ['21,000', '21000'],
    ['21.000', '21000'],
    ['21k', '21000'],
    ['a hundred and twelve thousand pounds', 'a 112000 pounds'],
    ['one hundred and twelve thousand pounds', '112000 pounds'],
    ['nine point five', '9 point 5'],
    ['9.5', '9.5'],
    ['the nineteenth', 'the 19'],
    ['the twenty first of may', 'the 20 first of may'],
    ['the 16th', 'the 16'],
    ['ten to twelve', '10 to 12'],
    ['two three', '2 3'],
    ['three million two hundred thousand and five', '3200005'],
    ['bread and butter', 'bread and butter'],
    ['in five and six', 'in 5 and 6'],
  ])('reads "%s" as "%s"', (text, folded) => {
    expect(foldNumbers(text.split(' ')).join(' ')).toBe(folded);
  });

  it('reads what it has written as the same', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), (value) => {
        const once = foldNumbers([value.toLocaleString('en-US')]);
        expect(once).toEqual([String(value)]);
        expect(foldNumbers(once)).toEqual(once);
      }),
    );
  });
});

describe('Words as they are compared', () => {
  it('knows a word in its other forms, and signs of money and shares', () => {
    expect(words('Detention fees, 5%')).toBe(words('detention fee: five percent'));
    expect(words('€900')).not.toBe(words('$900'));
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const word of comparedWords(text)) expect(word.text).not.toBe('');
      }),
    );
  });
});

describe('Whether a point is mentioned', () => {
  const point = 'Detention cost fell from 21,000 to about 8,000 euros a quarter';

  it('asks for the facts, whatever the wording', () => {
    expect(mentions('Costs of detention: twenty-one thousand euros a quarter, now 8k.', [point])).toBe(1);
    expect(mentions('They pay less than before.', [point])).toBe(0);
  });

  it('counts the points that are there', () => {
    expect(mentions('The CFO signs. Kolding is added in June.', ['CFO signs', 'Kolding from June', 'no budget'])).toBe(
      2,
    );
  });

  it('finds whole words only, side by side', () => {
    expect(contains('It is up to Solveig Brandt.', 'solveig brandt')).toBe(true);
    expect(contains('Brandt and Solveig', 'Solveig Brandt')).toBe(false);
    expect(contains('in 14 days', '4')).toBe(false);
    expect(contains('in four days', '4')).toBe(true);
    expect(contains('anything', '')).toBe(false);
  });
});
