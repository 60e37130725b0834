import type { Heard, Segment, Word } from '../port.js';
import type { SherpaResult } from './child/protocol.js';

const milliseconds = (seconds: number): number => Math.round(seconds * 1_000);

/** One segment for a piece; with its words, where the model says when they begin. */
export function heardFrom(result: SherpaResult, durationMs: number): Heard {
  const text = result.text.replace(/\s+/gu, ' ').trim();
  const language = /^[a-z]{2}$/.test(result.lang) ? result.lang : null;
  if (text === '') return { segments: [], language };
  const words = wordsOf(result, durationMs);
  const [first, last] = [words[0], words.at(-1)];
  const segment: Segment =
    first && last
      ? { startMs: first.startMs, endMs: last.endMs, text, words }
      : { startMs: 0, endMs: durationMs, text };
  return { segments: [segment], language };
}

/** Tokens are parts of words; a blank or `▁` in front marks the first part of one. */
function wordsOf({ tokens, timestamps, durations }: SherpaResult, durationMs: number): Word[] {
  if (timestamps.length !== tokens.length) return [];
  const words: { startMs: number; endMs: number; text: string }[] = [];
  tokens.forEach((token, index) => {
    const startMs = Math.min(durationMs, milliseconds(timestamps[index] ?? 0));
    const next = timestamps[index + 1];
    // Without a duration a token lasts until the next one, but a pause is not part of it.
    const lasts = durations[index] ?? Math.min(0.3, next === undefined ? 0.3 : next - (timestamps[index] ?? 0));
    const endMs = Math.max(startMs, Math.min(durationMs, startMs + milliseconds(lasts)));
    const last = words.at(-1);
    if (last && !/^[\s▁]/u.test(token)) {
      last.text += token;
      last.endMs = endMs;
    } else {
      words.push({ startMs, endMs, text: token.replace(/^[\s▁]+/u, '') });
    }
  });
  return words.filter(({ text }) => text.trim() !== '');
}
