import type { ConversationStatistics, Evidence, EventDataOf } from '@harmony/contracts';
import type { Random } from './random.js';
import { sentences } from './words.js';

type Turn = EventDataOf<'TranscriptChunkRecorded'>['turns'][number];

/** What was said, and the words of each turn as evidence. Many conversations say the same. */
export interface SampleTranscript {
  readonly turns: Turn[];
  readonly words: number;
  readonly speakers: EventDataOf<'TranscriptRecorded'>['speakers'];
  readonly statistics: ConversationStatistics;
  /** One for each turn. */
  readonly evidence: readonly Evidence[];
}

const wordsOf = (text: string): number => text.split(' ').length;
const codes = ['A', 'B'] as const;

export function sampleTranscript(random: Random): SampleTranscript {
  const isTimed = random.chance(0.6);
  const count = random.between(4, 12);
  let clock = random.between(0, 5_000);
  const turns = Array.from({ length: count }, (_, index): Turn => {
    const text = random.pick(sentences);
    const [startMs, endMs] = [clock, clock + wordsOf(text) * random.between(250, 450)];
    clock = endMs + random.between(100, 90_000);
    return { index, speaker: codes[index % 2] ?? 'A', text, ...(isTimed ? { startMs, endMs } : noTimes) };
  });
  const words = turns.reduce((sum, { text }) => sum + wordsOf(text), 0);
  return { turns, words, speakers: speakersOf(turns), statistics: statisticsOf(turns), evidence: evidenceOf(turns) };
}

const noTimes = { startMs: null, endMs: null };

const speakersOf = (turns: readonly Turn[]): SampleTranscript['speakers'] =>
  codes.map((code, index) => {
    const own = turns.filter(({ speaker }) => speaker === code);
    const words = own.reduce((sum, { text }) => sum + wordsOf(text), 0);
    return { code, name: null, words, turns: own.length, role: index === 0 ? 'HOST' : 'CUSTOMER' };
  });

function statisticsOf(turns: readonly Turn[]): ConversationStatistics {
  const durationMs = turns.at(-1)?.endMs ?? null;
  const words = turns.reduce((sum, { text }) => sum + wordsOf(text), 0);
  return { turns: turns.length, words, durationMs, silenceMs: null, speakers: [], sides: [] };
}

function evidenceOf(turns: readonly Turn[]): Evidence[] {
  let start = 0;
  return turns.map(({ index, text, startMs, endMs }) => {
    const from = start;
    start += text.length + 1;
    return {
      ...{ quote: text, turn: index, start: from, end: from + text.length, startInTurn: 0 },
      ...{ startMs, endMs, part: null },
    };
  });
}
