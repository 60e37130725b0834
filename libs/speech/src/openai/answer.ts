import { HarmonyError } from '@harmony/contracts';
import { z } from 'zod';
import type { Heard, Segment, Word } from '../port.js';
import { languageCode } from './language-code.js';

const seconds = z.number().nonnegative();

/** What of the answer is read. Servers differ in the rest, and some know no words or segments. */
const answerSchema = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z
    .array(
      z.object({ start: seconds, end: seconds, text: z.string(), speaker: z.union([z.string(), z.int()]).nullish() }),
    )
    .nullish(),
  words: z.array(z.object({ word: z.string(), start: seconds, end: seconds })).nullish(),
});
type Answer = z.output<typeof answerSchema>;

/** @throws HarmonyError SPEECH_FAILED for an answer that is none of this protocol */
export function heardFrom(answer: unknown, durationMs: number): Heard {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new HarmonyError('SPEECH_FAILED', { detail: `The transcription server answers in another form (${where}).` });
  }
  return { segments: segmentsOf(parsed.data, durationMs), language: languageCode(parsed.data.language) };
}

function segmentsOf({ text, segments, words }: Answer, durationMs: number): Segment[] {
  const timed = (segments ?? []).length > 0 ? (segments ?? []) : [{ start: 0, end: durationMs / 1_000, text }];
  const inOrder = [...timed].sort((one, other) => one.start - other.start);
  const starts = inOrder.map(({ start }) => start);
  return inOrder
    .map((segment, index) => {
      const within = wordsBetween(words ?? [], index === 0 ? 0 : segment.start, starts[index + 1] ?? Infinity);
      const { speaker } = segment;
      return {
        ...spanOf(segment, durationMs),
        text: segment.text.trim(),
        ...(within.length > 0 && { words: within.map((word) => wordOf(word, durationMs)) }),
        ...(speaker !== undefined && speaker !== null && { speaker: String(speaker) }),
      };
    })
    .filter(({ text: said }) => said !== '');
}

type TimedWord = NonNullable<Answer['words']>[number];

/** A word belongs to the segment in which it begins. */
const wordsBetween = (words: readonly TimedWord[], start: number, end: number): TimedWord[] =>
  words.filter((word) => word.start >= start && word.start < end && word.word.trim() !== '');

const wordOf = (word: TimedWord, durationMs: number): Word => ({ ...spanOf(word, durationMs), text: word.word.trim() });

/** Servers sometimes end after the sound does, or before they began. */
function spanOf(
  { start, end }: { start: number; end: number },
  durationMs: number,
): { startMs: number; endMs: number } {
  const startMs = Math.min(durationMs, Math.round(start * 1_000));
  return { startMs, endMs: Math.max(startMs, Math.min(durationMs, Math.round(end * 1_000))) };
}
