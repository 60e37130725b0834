import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { soundOf } from '../audio/sounds.js';
import { millisecondsOf, samplesOf, type SpeechEngine } from '../port.js';
import { buildSpeechProcess, hearTones, sayTones, type SpokenTone } from '../testing/index.js';
import { transcribeSound } from '../transcribe-sound.js';
import { transcriptOfSpeech } from '../turns/transcript-of-speech.js';
import { loadSherpaOnnx } from './child/sherpa-onnx.js';
import { SherpaEngine } from './sherpa-engine.js';

jest.setTimeout(120_000);

/** Two tiny models for which low tones are one voice and high ones another; the folder has a script that makes them. */
const modelsDirectory = fileURLToPath(new URL('../testing/tone-models', import.meta.url));
const signal = new AbortController().signal;
const sherpa = new SherpaEngine({ modelsDirectory, threads: 1 });
beforeAll(buildSpeechProcess);
afterAll(() => sherpa.close());

/** Finds speakers by sherpa-onnx, and words by listening to the tones: without times, as Moonshine does. */
const engine: SpeechEngine = {
  identify: async () => ({
    engine: 'tones',
    model: 'tones',
    parameters: {},
    pieces: { longestMs: 9_000, bridgeMs: 900 },
  }),
  transcribe: async (piece) => {
    const text = hearTones(piece)
      .map(({ word }) => word)
      .join(' ');
    return { segments: text === '' ? [] : [{ startMs: 0, endMs: millisecondsOf(piece.length), text }], language: null };
  },
  findSpeakers: (sound, options) => sherpa.findSpeakers(sound, options),
  close: () => sherpa.close(),
};

const phrase = (word: SpokenTone['word'], fromMs: number, count: number): SpokenTone[] =>
  Array.from({ length: count }, (_, index) => ({ word, atMs: fromMs + index * 400 }));

const isBuilt = ((): boolean => {
  try {
    return Boolean(loadSherpaOnnx());
  } catch {
    return false;
  }
})();

if (!isBuilt)
  it.skip('telling speakers apart is skipped: sherpa-onnx-node has no build for this platform', () => undefined);
else {
  describe('two people in one channel', () => {
    /** The second begins half a second after the first has ended: no silence that would part them. */
    const dialogue = [
      ...phrase('alpha', 1_000, 5),
      ...phrase('hotel', 3_400, 6),
      ...phrase('alpha', 6_300, 5),
      ...phrase('hotel', 14_000, 5),
    ];
    const sound = soundOf(sayTones(dialogue, 20_000));

    it('are found, with when each of them speaks', async () => {
      const spans = (await sherpa.findSpeakers(sound, { signal })) ?? [];
      expect(new Set(spans.map(({ speaker }) => speaker)).size).toBe(2);
      for (const [index, startMs] of [1_000, 3_400, 6_300, 14_000].entries()) {
        expect(Math.abs((spans[index]?.startMs ?? 0) - startMs)).toBeLessThan(300);
      }
    });

    it('are the speakers of its transcript, also where neither paused', async () => {
      const { segments } = await transcribeSound(engine, sound, { signal, findSpeakers: true });
      const { turns, speakers } = transcriptOfSpeech([{ channel: 0, segments }]);
      expect(turns.map(({ speaker, text }) => [speaker, text])).toEqual([
        ['A', 'alpha alpha alpha alpha alpha'],
        ['B', 'hotel hotel hotel hotel hotel hotel'],
        ['A', 'alpha alpha alpha alpha alpha'],
        ['B', 'hotel hotel hotel hotel hotel'],
      ]);
      expect(speakers.map(({ code, channel }) => [code, channel])).toEqual([
        ['A', undefined],
        ['B', undefined],
      ]);
    });

    it('are not asked for where each has a channel', async () => {
      const { segments } = await transcribeSound(engine, sound, { signal, findSpeakers: false });
      expect(segments.every(({ speaker }) => speaker === undefined)).toBe(true);
    });
  });

  it('nobody is found in silence', async () => {
    await expect(sherpa.findSpeakers(soundOf(new Int16Array(samplesOf(12_000))), { signal })).resolves.toBeUndefined();
  });
}
