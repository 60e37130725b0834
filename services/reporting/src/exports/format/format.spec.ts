import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCsv } from '@harmony/testing';
import { csvHeader } from './csv-header.js';
import { spreadsheetText } from './spreadsheet-text.js';

const hostile = fc
  .array(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＠', ' ', '\u00a0', '\ufeff', '"', ',', '\0', 'a'),
  )
  .map((characters) => characters.join(''));
const text = fc.oneof(fc.string({ unit: 'binary' }), hostile);

describe('text in a spreadsheet', () => {
  it.each([
    '=1',
    '+1',
    '-1',
    '@x',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '  =1',
    '\u00a0=1',
    '\ufeff-1',
    '\v@x',
  ])('is no formula: %j', (formula) => {
    for (const value of [formula, `${formula}"`, `${formula},1`, `${formula}\n2`])
      expect(spreadsheetText(value)).toBe(`'${value}`);
  });

  it.each(['', 'a', ' a', 'a=1', '1-2', 'e@mail.example', '한국어', "'=1"])(
    'stays what it is when it is harmless: %j',
    (value) => {
      expect(spreadsheetText(value)).toBe(value);
    },
  );

  it('is the text itself, or the text behind an apostrophe, and never begins like a formula', () => {
    fc.assert(
      fc.property(text, (value) => {
        const safe = spreadsheetText(value);
        const kept = value.replaceAll('\0', '');
        expect([kept, `'${kept}`]).toContain(safe);
        expect(safe.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
        expect(safe).not.toMatch(/^[\t\r\n]/);
      }),
    );
  });
});

describe('the header of a CSV', () => {
  it('is read back by a strict reader, whatever people call things', () => {
    fc.assert(
      fc.property(
        fc.array(
          text.filter((name) => name.replaceAll('\0', '') !== ''),
          { minLength: 1 },
        ),
        (names) => {
          expect(parseCsv(csvHeader(names))).toEqual([names.map(spreadsheetText)]);
        },
      ),
    );
  });
});
