import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseText } from './parse-text.js';
import { isQuestion } from './question-form.js';

const words = fc.constantFrom(
  'we',
  'don’t',
  'pay',
  '€12.5k',
  'Mr.',
  'Åse',
  'né',
  '😀',
  '...',
  'no,',
  'why?',
  "it's",
  '\n',
  '  ',
  '10:30',
);

describe('Words and sentences', () => {
  it('have offsets in the text as it was given', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }).map((all) => all.join(' ')),
        (text) => {
          for (const sentence of parseText(text)) {
            expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
            for (const { start, end } of sentence.tokens) expect(end).toBeGreaterThan(start);
          }
        },
      ),
    );
  });

  it('never fail, and never leave the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        for (const { start, end } of parseText(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('are none in an empty text', () => {
    expect([...parseText(''), ...parseText(' \n ')]).toEqual([]);
  });

  it.each([
    ['Could you send it?', true],
    ['so do you have a garden', true],
    ['how much is it per night', true],
    ['We have a garden.', false],
    ['I know how it works', false],
  ])('"%s" asks: %s', (text, asks) => {
    expect(parseText(text).some(isQuestion)).toBe(asks);
  });

  it('reads a text alike whatever was read before it', () => {
    const text = "If Quorvik's... that one's late, Brindamor's.";
    const first = parseText(text);
    parseText("Quorvik's... and Brindamor's, too");
    expect(parseText(text)).toEqual(first);
    expect(first.flatMap(({ tokens }) => tokens.map(({ text: word }) => word))).toContain("'s");
  });
});
