import { wordsOf, type Word } from './near-match.js';
import type { TranscriptText } from './transcript-text.js';

/** A word of a transcript, and the turn that it stands in; places count from the start of the turn. */
export interface SpokenWord extends Word {
  readonly turn: number;
}

const known = new WeakMap<TranscriptText, readonly SpokenWord[]>();

/** Every word of a transcript in order; taken apart once for all that is asked of the same text. */
export function transcriptWords(text: TranscriptText): readonly SpokenWord[] {
  const words =
    known.get(text) ?? text.turns.flatMap((turn) => wordsOf(turn.text).map((word) => ({ ...word, turn: turn.index })));
  known.set(text, words);
  return words;
}
