import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchorAll, anchorEvidence, isVerified, maximumQuoteLength } from './anchor-evidence.js';
import { TranscriptText, type QuotableTurn } from './transcript-text.js';

const turns = (...texts: string[]): QuotableTurn[] =>
  texts.map((text, index) => ({ index, text, startMs: index * 1000, endMs: index * 1000 + 900 }));
const call = new TranscriptText(
  turns(
    'Good morning, can you hear me?',
    'Yes. We’ve set aside forty thousand euros — that’s for the first year, mind you.',
    'And who signs that off?',
    'Our finance director, Élodie Marchand, she signs everything above ten thousand.',
  ),
);
const found = (turn: number, quote: string): unknown => anchorEvidence(call, { turn, quote, part: null });

describe('a quote', () => {
  it('that stands in its turn to the letter is taken as it is, with its place in the whole text and its time', () => {
    const evidence = anchorEvidence(call, { turn: 2, quote: 'who signs that off?', part: 'signer' });
    expect(evidence).toMatchObject({
      turn: 2,
      quote: 'who signs that off?',
      startInTurn: 4,
      startMs: 2000,
      endMs: 2900,
    });
    expect(call.toString().slice(evidence?.start, evidence?.end)).toBe('who signs that off?');
  });

  it.each([
    [
      1,
      "we've set aside FORTY thousand euros - that's for the first year",
      'We’ve set aside forty thousand euros — that’s for the first year',
    ],
    [3, 'elodie marchand', 'Élodie Marchand'],
    [1, 'set aside forty thousand   euros', 'set aside forty thousand euros'],
    [
      3,
      'the finance director Élodie Marchand signs everything above ten thousand',
      'finance director, Élodie Marchand, she signs everything above ten thousand',
    ],
  ])('in turn %i that reads %j is what the transcript really says', (turn, quote, said) => {
    expect(found(turn, quote)).toMatchObject({ turn, quote: said });
  });

  it('that was given for another turn is moved to where it was said', () => {
    expect(found(0, 'who signs that off?')).toMatchObject({ turn: 2 });
    expect(found(40, 'We’ve set aside forty thousand euros')).toMatchObject({ turn: 1 });
  });

  it.each([
    [1, 'We have a budget of sixty million dollars approved by the board'],
    [1, ''],
    [1, '… — !'],
    [40, 'Yes'],
    [1, 'ten thousand euros a month for maintenance'],
  ])('in turn %i that nobody said, %j, is dropped', (turn, quote) => {
    expect(found(turn, quote)).toBeUndefined();
  });

  it('is no part of a longer word', () => expect(found(1, 'hat is for the FIRST')).toBeUndefined());

  it('is there once for each part that it supports', () => {
    const quotation = { turn: 2, quote: 'who signs that off?', part: 'a' };
    expect(anchorAll(call, [quotation, quotation, { ...quotation, part: 'b' }])).toHaveLength(2);
  });

  it('that is very long is cut, and never within a character', () => {
    const long = new TranscriptText(turns(`${'x'.repeat(maximumQuoteLength - 1)}😀 end`));
    const evidence = anchorEvidence(long, {
      turn: 0,
      quote: `${'x'.repeat(maximumQuoteLength - 1)}😀 end`,
      part: null,
    });
    expect(evidence?.quote).toBe('x'.repeat(maximumQuoteLength - 1));
  });
});

describe('whatever is quoted', () => {
  const words = fc.array(fc.constantFrom('We', 'pay', 'İstanbul', 'ten', '😀', 'ﬁne', 'é', '—', 'and', 'x'), {
    maxLength: 12,
  });
  const spoken = fc.array(
    words.map((all) => all.join(' ')),
    { minLength: 1, maxLength: 5 },
  );

  it('is in the transcript to the letter, or dropped', () => {
    fc.assert(
      fc.property(spoken, fc.nat(6), words, (texts, turn, quote) => {
        const text = new TranscriptText(turns(...texts));
        const evidence = anchorEvidence(text, { turn, quote: quote.join('  ').toLowerCase(), part: null });
        if (!evidence) return;
        expect(text.toString().slice(evidence.start, evidence.end)).toBe(evidence.quote);
        expect(isVerified(text, evidence)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is found when a turn says it', () => {
    fc.assert(
      fc.property(spoken, fc.nat(), fc.nat(), fc.nat(), (texts, which, from, length) => {
        const text = new TranscriptText(turns(...texts));
        const turn = which % texts.length;
        const quote = (texts[turn] ?? '').slice(from % 40, (from % 40) + (length % 40));
        fc.pre(/[\p{L}\p{N}]/u.test(quote) && !/\p{Surrogate}/u.test(quote));
        expect(anchorEvidence(text, { turn, quote, part: null })?.turn).toBe(turn);
      }),
    );
  });
});
