import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Segment } from '../port.js';
import { speakerAt } from './speaker-at.js';
import { transcriptOfSpeech, type ChannelSpeech } from './transcript-of-speech.js';

const said = (startMs: number, endMs: number, text: string, more: Partial<Segment> = {}): Segment => ({
  ...{ startMs, endMs, text },
  ...more,
});

const text = fc
  .array(fc.stringMatching(/^[a-z😀é]{1,8}$/u), { minLength: 1, maxLength: 5 })
  .map((words) => words.join(' '));
const segments = (speaker: fc.Arbitrary<string | undefined>): fc.Arbitrary<Segment[]> =>
  fc
    .array(
      fc.record({ gap: fc.integer({ min: 0, max: 5_000 }), length: fc.integer({ min: 1, max: 4_000 }), text, speaker }),
    )
    .map((parts) => {
      let at = 0;
      return parts.map(({ gap, length, text: words, speaker: who }) => {
        const startMs = at + gap;
        at = startMs + length;
        return said(startMs, at, words, who === undefined ? {} : { speaker: who });
      });
    });
const nobody = fc.constant(undefined);
const channels: fc.Arbitrary<ChannelSpeech[]> = fc.oneof(
  fc.tuple(segments(nobody), segments(nobody)).map((both) => both.map((own, channel) => ({ channel, segments: own }))),
  segments(fc.constantFrom('0', '1', '2', undefined)).map((all) => [{ channel: 0, segments: all }]),
);

const wordsOf = (parts: readonly { readonly text: string }[]): string[] =>
  parts.flatMap((part) => part.text.split(' '));

describe('the transcript of a recording', () => {
  it('has every word once, each speaker’s in order', () => {
    fc.assert(
      fc.property(channels, (speech) => {
        const { turns, speakers } = transcriptOfSpeech(speech);
        const all = speech.flatMap(({ segments: own }) => own);
        expect(wordsOf(turns).sort()).toEqual(wordsOf(all).sort());
        if (speech.length < 2) return;
        for (const { channel, segments: own } of speech) {
          const code = speakers.find((speaker) => speaker.channel === channel)?.code;
          expect(wordsOf(turns.filter((turn) => turn.speaker === code))).toEqual(wordsOf(own));
        }
      }),
    );
  });

  it('has turns in the order of their beginnings, numbered, by speakers whom it names', () => {
    fc.assert(
      fc.property(channels, (speech) => {
        const { turns, speakers } = transcriptOfSpeech(speech);
        expect(turns.map(({ index }) => index)).toEqual(turns.map((_, index) => index));
        const starts = turns.map(({ startMs }) => startMs ?? 0);
        expect(starts).toEqual([...starts].sort((one, other) => one - other));
        const codes = [...new Set(turns.map(({ speaker }) => speaker))];
        expect(codes).toEqual(speakers.map(({ code }) => code));
        expect(codes).toEqual(['A', 'B', 'C', 'D'].slice(0, codes.length));
        const words = speakers.reduce((sum, speaker) => sum + speaker.words, 0);
        expect(words).toBe(wordsOf(turns).length);
        expect(speakers.reduce((sum, speaker) => sum + speaker.turns, 0)).toBe(turns.length);
      }),
    );
  });

  it('is the same however the channels are handed over', () => {
    fc.assert(
      fc.property(channels, (speech) => {
        const { turns } = transcriptOfSpeech(speech);
        const other = transcriptOfSpeech([...speech].reverse()).turns;
        const essence = (all: typeof turns): unknown => all.map(({ text: words, startMs }) => [words, startMs]);
        expect(essence(other)).toEqual(essence(turns));
      }),
    );
  });

  it('gives two channels a speaker each, and changes turns where the other one speaks', () => {
    const { turns, speakers } = transcriptOfSpeech([
      {
        channel: 0,
        segments: [said(0, 1_000, 'Hello.'), said(1_500, 2_000, 'Are you there?'), said(4_000, 5_000, 'Good.')],
      },
      { channel: 1, segments: [said(2_100, 3_000, ' I  am.\n', { speaker: 'ignored' })] },
    ]);
    expect(turns).toEqual([
      { index: 0, speaker: 'A', text: 'Hello. Are you there?', startMs: 0, endMs: 2_000 },
      { index: 1, speaker: 'B', text: 'I am.', startMs: 2_100, endMs: 3_000 },
      { index: 2, speaker: 'A', text: 'Good.', startMs: 4_000, endMs: 5_000 },
    ]);
    expect(speakers).toEqual([
      { code: 'A', name: null, words: 5, turns: 2, channel: 0 },
      { code: 'B', name: null, words: 2, turns: 1, channel: 1 },
    ]);
  });

  it('puts an answer between the two halves of what was said around it', () => {
    const words = [
      { startMs: 0, endMs: 400, text: 'Will' },
      { startMs: 450, endMs: 900, text: 'you?' },
      { startMs: 3_000, endMs: 3_500, text: 'Great.' },
    ];
    const { turns } = transcriptOfSpeech([
      { channel: 0, segments: [said(0, 3_500, 'Will you? Great.', { words })] },
      { channel: 1, segments: [said(1_500, 2_000, 'Yes.')] },
    ]);
    expect(turns.map((turn) => turn.text)).toEqual(['Will you?', 'Yes.', 'Great.']);
  });

  it('keeps the speakers that an engine told apart in one channel', () => {
    const { turns, speakers } = transcriptOfSpeech([
      {
        channel: 0,
        segments: [
          said(0, 1_000, 'One.', { speaker: '7' }),
          said(1_000, 2_000, 'Two.', { speaker: '3' }),
          said(2_000, 2_500, 'More.'),
          said(3_000, 4_000, 'Three.', { speaker: '7' }),
        ],
      },
    ]);
    expect(turns.map((turn) => [turn.speaker, turn.text])).toEqual([
      ['A', 'One.'],
      ['B', 'Two. More.'],
      ['A', 'Three.'],
    ]);
    expect(speakers.every(({ channel }) => channel === undefined)).toBe(true);
  });

  it('has one speaker where nothing tells people apart, and a new turn after a pause', () => {
    const one = [said(0, 1_000, 'One.'), said(2_000, 3_000, 'Two.'), said(6_000, 7_000, 'Three.')];
    const { turns, speakers } = transcriptOfSpeech([{ channel: 0, segments: one }]);
    expect(turns.map((turn) => turn.text)).toEqual(['One. Two.', 'Three.']);
    expect(speakers).toHaveLength(1);
  });

  it('is empty where nothing was said', () => {
    expect(transcriptOfSpeech([])).toEqual({ turns: [], speakers: [] });
    expect(transcriptOfSpeech([{ channel: 0, segments: [said(0, 10, ' ')] }])).toEqual({ turns: [], speakers: [] });
  });

  it('never joins turns beyond what a turn may hold', () => {
    const long = 'x'.repeat(30_000);
    const { turns } = transcriptOfSpeech([{ channel: 0, segments: [said(0, 1, long), said(2, 3, long)] }]);
    expect(turns).toHaveLength(2);
  });
});

it('whoever speaks most of the time, or nearest to it, is the speaker', () => {
  const spans = [
    { startMs: 0, endMs: 1_000, speaker: 'a' },
    { startMs: 900, endMs: 3_000, speaker: 'b' },
    { startMs: 9_000, endMs: 9_500, speaker: 'c' },
  ];
  expect(speakerAt(spans, { startMs: 0, endMs: 1_500 })).toBe('a');
  expect(speakerAt(spans, { startMs: 800, endMs: 1_500 })).toBe('b');
  expect(speakerAt(spans, { startMs: 8_000, endMs: 8_500 })).toBe('c');
});
