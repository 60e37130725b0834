import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { maximumUtterances, splitUtterances } from './split-utterances.js';
import { maximumTurnCharacters } from '../long-text.js';
import { atOnce } from '../slices.js';
import { structureTranscript } from './structure-transcript.js';
import { speakerCode } from '../transcript.js';

const words = (text: string): string[] => text.match(/\S+/gu) ?? [];
const said = (text: string): [string | null, string][] => {
  const { turns, speakers } = structureTranscript(text);
  return turns.map((turn) => [speakers.find(({ code }) => code === turn.speaker)?.name ?? null, turn.text]);
};

describe('a text with names', () => {
  it('has a turn for each line that begins with one', () => {
    expect(said('Anna: Good morning.\nBob Stone: Hi!\nAnna: Shall we?')).toEqual([
      ['Anna', 'Good morning.'],
      ['Bob Stone', 'Hi!'],
      ['Anna', 'Shall we?'],
    ]);
  });

  it('gives lines and paragraphs without a name to who spoke last', () => {
    expect(said('Anna: First.\nSecond.\n\nThird.\nBob: Yes.')).toEqual([
      ['Anna', 'First.\nSecond.\n\nThird.'],
      ['Bob', 'Yes.'],
    ]);
  });

  it('keeps what stands before the first name as a turn of nobody', () => {
    expect(said('Call with Pennard\n\nAnna: Hello.')).toEqual([
      [null, 'Call with Pennard'],
      ['Anna', 'Hello.'],
    ]);
  });

  it.each([
    ['Anna Maria van der Berg: hi', 'Anna Maria van der Berg'],
    ['Dr. J. O’Neil-Smith: hi', 'Dr. J. O’Neil-Smith'],
    ['Anna (Acme): hi', 'Anna (Acme)'],
    ['Speaker 1: hi', 'Speaker 1'],
    ['王小明：hi', '王小明'],
    ['\u200Fדנה כהן: hi', 'דנה כהן'],
    ['أحمد: hi', 'أحمد'],
    ['Ödön: hi', 'Ödön'],
    ['Anna:\nhi', 'Anna'],
  ])('recognises %j', (text, name) => expect(said(text)).toEqual([[name, 'hi']]));

  it.each([
    'He said to me: no.',
    'https://example.com/a',
    'At 10:30 we meet.',
    '10:30 we meet.',
    'Wait, Anna: no.',
    'note: one lower-case word that never comes back',
    'One Two Three Four Five Six: too many words',
    'Ratio 3:4 is fine',
    '😀: no letters',
  ])('takes %j for words', (text) => expect(said(text)).toEqual([[null, text]]));

  it('takes a nickname in lower case for a name when it comes back', () => {
    expect(said('maria_k: hey\ntom: hi\nmaria_k: so?\ntom: ok')).toHaveLength(4);
  });

  it('knows a speaker again whatever the case and spaces', () => {
    expect(structureTranscript('Anna Berg: a\nANNA  BERG: b').speakers).toEqual([
      { code: 'A', name: 'Anna Berg', words: 2, turns: 2 },
    ]);
  });

  it('reads by paragraphs what has more different names than a conversation can have', () => {
    const log = Array.from({ length: 1_001 }, (_, index) => `Item ${index}: x`).join('\n');
    expect(structureTranscript(log).speakers).toEqual([{ code: 'A', name: null, words: 3_003, turns: 1 }]);
  });
});

describe('a text without names', () => {
  it('has a turn for each paragraph, all by one unnamed speaker', () => {
    expect(structureTranscript('One two.\nThree.\r\n\r\n\r\nFour.\n')).toEqual({
      turns: [
        { index: 0, speaker: 'A', text: 'One two.\nThree.', startMs: null, endMs: null },
        { index: 1, speaker: 'A', text: 'Four.', startMs: null, endMs: null },
      ],
      speakers: [{ code: 'A', name: null, words: 4, turns: 2 }],
    });
  });
});

describe('timestamps', () => {
  const spans = (text: string): [number | null, number | null, string][] =>
    structureTranscript(text).turns.map(({ startMs, endMs, text: words }) => [startMs, endMs, words]);

  it.each([
    ['[00:01:05] Anna: hi', 65_000, null],
    ['00:01:05 Anna: hi', 65_000, null],
    ['(1:05) Anna: hi', 65_000, null],
    ['1:05 - Anna: hi', 65_000, null],
    ['Anna (1:05): hi', 65_000, null],
    ['Anna [00:01:05.250]: hi', 65_250, null],
    ['[1:05 - 1:07,5] Anna: hi', 65_000, 67_500],
    ['[01:05]\nAnna: hi', 65_000, null],
    ['[01:05] hi', 65_000, null],
    ['01:05 --> 01:09\nhi', 65_000, 69_000],
    ['[90:00] hi', 5_400_000, null],
    ['[00:05 - 00:01] hi', 5_000, null],
  ])('of %j are read', (text, startMs, endMs) => expect(spans(text)).toEqual([[startMs, endMs, 'hi']]));

  it('begin turns of their own, and stay with who is speaking', () => {
    expect(said('Anna: one\n[00:30] two')).toEqual([
      ['Anna', 'one'],
      ['Anna', 'two'],
    ]);
  });

  it.each(['[00:75] hi', '10:42 hi', 'at [00:10] hi'])('are not made of %j', (text) => {
    expect(spans(text)).toEqual([[null, null, text]]);
  });
});

describe('any text', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Anna: hello', 'Bob:', '[00:10] x', '00:01', '', ' ', 'Anna (0:01): a', '\u200F', 'a:b', 'אב: ג'),
  );
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));

  it('loses no word: what the turns say, with the names and times taken off, is the text', () => {
    fc.assert(
      fc.property(text, (input) => {
        const kept = atOnce(splitUtterances(input)).map(({ prefix, text: words }) => `${prefix} ${words}`);
        const clean = input.replace(/^\uFEFF/, '').replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
        expect(words(kept.join(' ')).join('')).toBe(words(clean).join(''));
      }),
      { numRuns: 500 },
    );
  });

  it('has every turn in order, by a known speaker, with words, storable; and the counts add up', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { turns, speakers } = structureTranscript(input);
        expect(turns.map(({ index }) => index)).toEqual(turns.map((_, index) => index));
        expect(speakers.map(({ code }) => code)).toEqual(speakers.map((_, index) => speakerCode(index)));
        expect(turns.every((turn) => turn.text.trim() !== '' && !/[\0\p{Surrogate}]/u.test(turn.text))).toBe(true);
        for (const { code, turns: count, words: wordCount } of speakers) {
          const own = turns.filter((turn) => turn.speaker === code);
          expect(own).toHaveLength(count);
          expect(own.reduce((sum, turn) => sum + words(turn.text).length, 0)).toBe(wordCount);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps as many turns as days of talk have, and what has more as the words of nobody', () => {
    const lines = Array.from({ length: maximumUtterances }, (_, index) => `${index % 2 ? 'Anna' : 'Bob'}: x`);
    expect(structureTranscript(lines.join('\n')).turns).toHaveLength(maximumUtterances);
    const { speakers } = structureTranscript([...lines, 'Bob: y'].join('\n'));
    expect(speakers).toEqual([expect.objectContaining({ name: null, words: 2 * (maximumUtterances + 1) })]);
  });

  it('is cut into turns of a bearable length, between words where it has any, never inside a character', () => {
    const spaced = Array.from({ length: 30_000 }, (_, index) => `word${index}`).join(' ');
    const unspaced = '😀'.repeat(maximumTurnCharacters);
    for (const long of [spaced, unspaced]) {
      const { turns } = structureTranscript(`Anna: ${long}`);
      expect(turns.every((turn) => turn.text.length <= maximumTurnCharacters)).toBe(true);
      expect(turns.map((turn) => turn.text).join(long === spaced ? ' ' : '')).toBe(long);
    }
  });

  it.each([
    ['one line', 'word '.repeat(2_000_000)],
    ['nothing but line breaks', '\n'.repeat(10_000_000)],
    ['as many paragraphs as fit', 'a\n\n'.repeat(3_300_000)],
    ['as many turns as fit', 'A: x\nB: y\n'.repeat(1_000_000)],
    ['what almost is a name', 'A'.repeat(10_000_000)],
    ['brackets', '['.repeat(10_000_000)],
    ['colons', ':'.repeat(10_000_000)],
    ['digits', '1'.repeat(10_000_000)],
    ['a time and blank lines', `[00:10]${'\n'.repeat(5_000_000)}${'a\n\n'.repeat(1_000_000)}`],
  ])('of 10 MB is read: %s', (_, input) => {
    expect(structureTranscript(input).turns.length).toBeLessThan(1_000);
  });
});

it('codes speakers A to Z, then AA, AB', () => {
  expect([0, 25, 26, 27, 51, 52, 701, 702].map(speakerCode)).toEqual(['A', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA']);
  fc.assert(fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => a === b || speakerCode(a) !== speakerCode(b)));
});
