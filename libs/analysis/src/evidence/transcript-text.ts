import type { Turn } from '@harmony/transcript';

/** What evidence needs to know of a turn. */
export type QuotableTurn = Pick<Turn, 'index' | 'text' | 'startMs' | 'endMs'>;

interface Placed {
  readonly turn: QuotableTurn;
  readonly start: number;
}

/** The text of a transcript: its turns, joined by one line feed. */
export class TranscriptText {
  private readonly placed: ReadonlyMap<number, Placed>;

  constructor(readonly turns: readonly QuotableTurn[]) {
    let start = 0;
    const placed = new Map<number, Placed>();
    for (const turn of turns) {
      placed.set(turn.index, { turn, start });
      start += turn.text.length + 1;
    }
    this.placed = placed;
  }

  /** Undefined for an index that the transcript does not have. */
  turn(index: number): QuotableTurn | undefined {
    return this.placed.get(index)?.turn;
  }

  /** Offset of a turn's first character in the whole text, in UTF-16 code units. */
  startOf(index: number): number | undefined {
    return this.placed.get(index)?.start;
  }

  /** The whole text. Costs as much as the transcript is long. */
  toString(): string {
    return this.turns.map(({ text }) => text).join('\n');
  }
}
