import type { Turn } from '@harmony/transcript';

/** Where each turn begins in the text of the whole transcript: turns are joined by one line feed. */
export class TranscriptText {
  private readonly starts: number[] = [];
  private readonly positions: ReadonlyMap<number, number>;

  constructor(private readonly turns: readonly Turn[]) {
    let start = 0;
    for (const { text } of turns) {
      this.starts.push(start);
      start += text.length + 1;
    }
    this.positions = new Map(turns.map(({ index }, position) => [index, position]));
  }

  /** Undefined for an index that the transcript does not have. */
  turn(index: number): Turn | undefined {
    const position = this.positions.get(index);
    return position === undefined ? undefined : this.turns[position];
  }

  /** Offset of a turn's first character in the whole text. */
  startOf(index: number): number | undefined {
    const position = this.positions.get(index);
    return position === undefined ? undefined : this.starts[position];
  }

  /** The whole text. Costs as much as the transcript is long. */
  toString(): string {
    return this.turns.map(({ text }) => text).join('\n');
  }
}
