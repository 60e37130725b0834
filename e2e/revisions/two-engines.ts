import { SpeechServer } from '@harmony/speech/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const examples = join(import.meta.dirname, '../../examples');

const callSchema = z.object({
  title: z.string(),
  turns: z.array(z.object({ participantId: z.string(), startMs: z.int(), endMs: z.int(), text: z.string() })),
});
export type Call = z.output<typeof callSchema>;

export const readCall = (name: string): Call =>
  callSchema.parse(JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8')));

/** A name that the second engine never hears. */
export const missedName = 'Cargovane';

const vowels = new Map([
  ['a', 'o'],
  ['e', 'i'],
  ['i', 'e'],
  ['o', 'u'],
  ['u', 'a'],
]);

/** What the second engine hears of a turn: another vowel in every eleventh word, every 31st word not at all. */
function misheard(text: string, firstWord: number): string {
  const words = text.replaceAll(missedName, 'cargo van').split(' ');
  return words
    .filter((_, index) => (firstWord + index) % 31 !== 17)
    .map((word, index) =>
      (firstWord + index) % 11 === 5 ? word.replace(/[aeiou]/, (vowel) => vowels.get(vowel) ?? vowel) : word,
    )
    .join(' ');
}

/** The lines of a call as each engine hears them; the second one cuts off the beginning of every fifth line. */
export function linesOf({ turns }: Call, engine: string): Call['turns'] {
  if (engine === 'first') return turns;
  let words = 0;
  return turns.flatMap((turn, index) => {
    const text = misheard(turn.text, words);
    words += turn.text.split(' ').length;
    const comma = text.indexOf(', ');
    if (index % 5 !== 0 || comma < 0) return text === '' ? [] : [{ ...turn, text }];
    const middle = Math.floor((turn.startMs + turn.endMs) / 2);
    return [
      { ...turn, endMs: middle, text: text.slice(0, comma + 1) },
      { ...turn, startMs: middle, text: text.slice(comma + 2) },
    ];
  });
}

/** Length of the recording that stands for the call of this number. */
export const recordingMs = (call: number): number => 4_000 + 2_000 * call;

/** One server with two models; it knows calls by the length of their recordings. */
export async function startEngines(calls: readonly Call[]): Promise<SpeechServer> {
  const server = await SpeechServer.start();
  server.beforeAnswer = ({ durationMs, fields }) => {
    const index = Math.round((durationMs - recordingMs(0)) / 2_000);
    const call = calls[index];
    if (!call) return;
    const lines = linesOf(call, fields['model']?.[0] ?? '');
    const scale = durationMs / 1_000 / (call.turns.at(-1)?.endMs ?? 1);
    const segments = lines.map(({ participantId: speaker, startMs, endMs, text }) => ({
      ...{ start: startMs * scale, end: endMs * scale, text, speaker },
    }));
    const text = lines.map((line) => line.text).join(' ');
    server.faults.push({ kind: 'answer', body: JSON.stringify({ text, language: 'english', segments }) });
  };
  return server;
}

/** A sound without a pause. */
export function humOf(durationMs: number): Int16Array {
  const samples = new Int16Array(durationMs * 16);
  return samples.map((_, index) => Math.round(12_000 * Math.sin((2 * Math.PI * 440 * index) / 16_000)));
}
