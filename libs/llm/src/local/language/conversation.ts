import { setImmediate as nextTick } from 'node:timers/promises';
import type { ParticipantRole } from '@harmony/contracts';
import type { AnalysedConversation } from '../../port.js';
import { addressesAnalyst } from './injection.js';
import { parseText, type Sentence } from './parse-text.js';
import { isQuestion } from './question-form.js';

/** A sentence in its place. */
export interface SpokenSentence extends Sentence {
  /** Position of the turn in `ParsedConversation.turns`. */
  readonly turn: number;
  /** Position of the sentence in `ParsedConversation.sentences`. */
  readonly position: number;
  readonly role: ParticipantRole | null;
  readonly isQuestion: boolean;
}

export interface ParsedTurn {
  /** Index in the transcript: what evidence names. */
  readonly index: number;
  readonly speaker: string;
  /** Name of the speaker; null for one whom nothing names. */
  readonly name: string | null;
  readonly role: ParticipantRole | null;
  /** As in the transcript; offsets of sentences and words lie in it. */
  readonly text: string;
  readonly sentences: readonly SpokenSentence[];
}

export interface ParsedConversation {
  /** Those among people; `index` is that of the transcript. */
  readonly turns: readonly ParsedTurn[];
  /** All sentences in their order. */
  readonly sentences: readonly SpokenSentence[];
  /** Words and marks: what it costs to keep. */
  readonly size: number;
}

/** How long work may hold the event loop before it lets others go on, ms. */
const sliceMs = 12;

/** A pace for long loops: `await pace()` now and then; it gives way only when the slice is used up. */
export function createPace(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await nextTick();
    since = performance.now();
  };
}

/** Longer turns are cut for reading, so that one turn cannot hold the loop; offsets stay. */
const maximumTurnLength = 20_000;

/**
 * Parses a conversation, without the turns that speak to whoever analyses it (B17): as if they had never been, so that
 * they do not stand between a question and its answer either. Linear in its length;  gives way to others while it works.
 */
export async function parseConversation(conversation: AnalysedConversation): Promise<ParsedConversation> {
  const pace = createPace();
  const voices = new Map(conversation.voices.map((voice) => [voice.code, voice]));
  const turns: ParsedTurn[] = [];
  const sentences: SpokenSentence[] = [];
  let size = 0;
  for (const { index, speaker, text } of conversation.turns) {
    await pace();
    if (addressesAnalyst(text)) continue;
    const voice = voices.get(speaker);
    const role = voice?.role ?? null;
    const own = parseText(text.slice(0, maximumTurnLength)).map((sentence, at) => ({
      ...sentence,
      turn: turns.length,
      position: sentences.length + at,
      role,
      isQuestion: isQuestion(sentence),
    }));
    for (const sentence of own) size += sentence.tokens.length;
    sentences.push(...own);
    turns.push({ index, speaker, name: voice?.name ?? null, role, text, sentences: own });
  }
  return { turns, sentences, size };
}
