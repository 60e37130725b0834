import { sampleRate } from '../port.js';

/** A language of tones, which a few lines can understand: each word is a pitch. Survives every codec. */
export const toneWords = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'] as const;
export type ToneWord = (typeof toneWords)[number];

export interface SpokenTone {
  readonly word: ToneWord;
  readonly atMs: number;
}

export const toneMs = 300;
const lowestHz = 300;
const stepHz = 100;
const amplitude = 12_000;
const frame = sampleRate / 100;

/** Sound of the given length in which the words are said. */
export function sayTones(tones: readonly SpokenTone[], durationMs: number): Int16Array {
  const samples = new Int16Array((durationMs * sampleRate) / 1_000);
  for (const { word, atMs } of tones) {
    const start = (atMs * sampleRate) / 1_000;
    const hertz = lowestHz + stepHz * toneWords.indexOf(word);
    for (let index = 0; index < (toneMs * sampleRate) / 1_000; index += 1) {
      samples[start + index] = Math.round(amplitude * Math.sin((2 * Math.PI * hertz * index) / sampleRate));
    }
  }
  return samples;
}

export interface HeardTone {
  readonly word: ToneWord;
  readonly startMs: number;
  readonly endMs: number;
}

/** What was said, by counting how often the sound changes its sign. */
export function hearTones(samples: Int16Array): HeardTone[] {
  const heard: HeardTone[] = [];
  let start: number | undefined;
  for (let at = 0; at <= samples.length; at += frame) {
    const isLoud = at < samples.length && loudness(samples, at) > amplitude / 8;
    if (isLoud) start ??= at;
    else if (start !== undefined) {
      const word = toneWords[Math.round((pitch(samples, start, at) - lowestHz) / stepHz)];
      if (word) heard.push({ word, startMs: (start * 1_000) / sampleRate, endMs: (at * 1_000) / sampleRate });
      start = undefined;
    }
  }
  return heard;
}

const loudness = (samples: Int16Array, at: number): number =>
  samples.subarray(at, at + frame).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

function pitch(samples: Int16Array, start: number, end: number): number {
  // The edges of a tone are less sure than its middle.
  const [from, to] = [start + frame * 4, end - frame * 4];
  let changes = 0;
  for (let index = from + 1; index < to; index += 1) {
    if ((samples[index - 1] ?? 0) < 0 !== (samples[index] ?? 0) < 0) changes += 1;
  }
  return (changes * sampleRate) / 2 / (to - from);
}
