import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { soundOf } from './audio/sounds.js';
import { millisecondsOf, type Heard, type SpeechEngine, type SpeechOptions } from './port.js';
import { hearTones, sayTones, toneWords } from './testing/index.js';
import { transcribeSound } from './transcribe-sound.js';

const signal = new AbortController().signal;
const tones = Array.from({ length: 12 }, (_, index) => ({
  word: toneWords[index % 8] ?? 'alpha',
  atMs: 1_500 * index + 300,
}));
const sound = soundOf(sayTones(tones, 18_500));
const script = tones.map(({ word }) => word);

const heardIn = (piece: Int16Array): Heard => ({
  segments: hearTones(piece).map(({ word, startMs }) => ({ startMs, endMs: startMs + 300, text: word })),
  language: 'en',
});

/** Hears a word a piece. */
const engineOf = (transcribe: (piece: Int16Array, options: SpeechOptions) => Promise<Heard>): SpeechEngine => ({
  identify: async () => ({
    engine: 'tones',
    model: 'tones',
    parameters: {},
    pieces: { longestMs: 9_000, bridgeMs: 300 },
  }),
  transcribe,
  findSpeakers: async () => undefined,
  close: () => Promise.resolve(),
});
const turnsOfLoop = async (count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await new Promise(setImmediate);
};

describe('a recording in many pieces', () => {
  it('is heard in order, however long each piece takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }), async (delays) => {
        let calls = 0;
        const engine = engineOf(async (piece) => {
          await turnsOfLoop(delays[(calls += 1) - 1] ?? 0);
          return heardIn(piece);
        });
        const { segments, language } = await transcribeSound(engine, sound, { signal, findSpeakers: false });
        expect(segments.map(({ text }) => text)).toEqual(script);
        expect(segments.map(({ startMs }) => Math.round(startMs / 100) * 100)).toEqual(tones.map(({ atMs }) => atMs));
        expect(language).toBe('en');
      }),
      { numRuns: 20 },
    );
  });

  it('fails with the first failure, begins nothing after it, and waits for what is under way', async () => {
    let [calls, running] = [0, 0];
    const engine = engineOf(async (piece, options) => {
      const call = (calls += 1);
      running += 1;
      await turnsOfLoop(call === 4 ? 5 : 1);
      running -= 1;
      if (call === 4) throw new Error('the fourth');
      options.signal.throwIfAborted();
      return heardIn(piece);
    });
    await expect(transcribeSound(engine, sound, { signal, findSpeakers: false })).rejects.toThrow('the fourth');
    const begun = calls;
    await turnsOfLoop(50);
    expect(running).toBe(0);
    expect(calls).toBe(begun);
    expect(begun).toBeLessThan(12);
  });

  it('asks for no piece that is known, and tells of every other one', async () => {
    const kept = new Map<number, Heard>();
    let calls = 0;
    const engine = engineOf(async (piece) => {
      calls += 1;
      return heardIn(piece);
    });
    const memory = {
      recall: ({ startMs }: { startMs: number }) => kept.get(startMs),
      keep: async ({ startMs }: { startMs: number }, heard: Heard) => void kept.set(startMs, heard),
    };
    const options = { signal, findSpeakers: false, memory };
    const first = await transcribeSound(engine, sound, options);
    kept.delete([...kept.keys()][3] ?? 0);
    await expect(transcribeSound(engine, sound, options)).resolves.toEqual(first);
    expect(calls).toBe(13);
    expect(kept.size).toBe(12);
  });

  it('never has a time outside of its piece, and keeps no label that only one piece knows', async () => {
    const engine = engineOf(async () => ({
      segments: [
        { startMs: 0, endMs: 99_000, text: 'x', speaker: '1', words: [{ startMs: 5, endMs: 99_000, text: 'x' }] },
      ],
      language: null,
    }));
    const { segments } = await transcribeSound(engine, sound, { signal, findSpeakers: true });
    for (const [index, { endMs, speaker, words }] of segments.entries()) {
      expect(endMs).toBeLessThanOrEqual(segments[index + 1]?.startMs ?? millisecondsOf(sound.samples));
      expect(words?.[0]?.endMs).toBe(endMs);
      expect(speaker).toBeUndefined();
    }
  });
});
