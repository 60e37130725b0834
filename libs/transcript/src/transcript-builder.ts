import { cutLongText } from './long-text.js';
import { countWords, speakerCode, type Speaker, type Transcript, type Turn } from './transcript.js';

/** Who speaks, as far as the source tells. */
export type SpeakerDetails = Pick<Speaker, 'name' | 'email' | 'role'>;

/** When, in milliseconds from the start; null where the source does not say. */
export interface Times {
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export const noTimes: Times = { startMs: null, endMs: null };

interface Count {
  readonly code: string;
  readonly details: SpeakerDetails;
  words: number;
  turns: number;
}

/** Gathers turns as they come; speakers get their codes by order of appearance (P8). */
export class TranscriptBuilder {
  private readonly turns: Turn[] = [];
  private readonly counts = new Map<string, Count>();

  /** `key` tells speakers apart within this transcript. A text that is too long for one turn becomes several. */
  add(key: string, details: SpeakerDetails, text: string, { startMs, endMs }: Times): void {
    const count = this.speaker(key, details);
    const pieces = cutLongText(text);
    for (const [piece, words] of pieces.entries()) {
      this.turns.push({
        index: this.turns.length,
        speaker: count.code,
        text: words,
        startMs: piece === 0 ? startMs : null,
        endMs: piece === pieces.length - 1 ? endMs : null,
      });
      count.words += countWords(words);
      count.turns += 1;
    }
  }

  /** Somebody who takes part, with or without a word. */
  speaker(key: string, details: SpeakerDetails): Count {
    const known = this.counts.get(key);
    if (known) return known;
    const count = { code: speakerCode(this.counts.size), details, words: 0, turns: 0 };
    this.counts.set(key, count);
    return count;
  }

  build(): Transcript {
    const speakers = [...this.counts.values()].map(({ code, details, words, turns }) => ({
      ...{ code, words, turns },
      ...details,
    }));
    return { turns: this.turns, speakers };
  }
}
