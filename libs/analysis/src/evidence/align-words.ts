/** What equal words win, and what a word that is another one, or is missing on one side, costs. */
const [equal, different] = [2, -1];
/** Comparing costs the product of both lengths, in time and in memory. */
const maximumComparisons = 4_000_000;

const [none, both, left, right] = [0, 1, 2, 3];

/**
 * Where the words of one text stand in another one, by the best local alignment of both (Smith and Waterman, 1981): the
 * partner of each word, or undefined for one that has none. Of alignments that are as good as each other the one that
 * ends nearest to `expectedEnd` is taken. A text that is too long is looked at around there.
 */
export function alignWords(
  words: readonly string[],
  others: readonly string[],
  expectedEnd: number,
): (number | undefined)[] {
  const window = Math.max(1, Math.floor(maximumComparisons / Math.max(1, words.length)));
  const from = Math.max(0, Math.min(others.length - window, Math.round(expectedEnd - window / 2)));
  const looked = others.slice(from, from + window);
  const { steps, end } = fill(words, looked, expectedEnd - from);
  const partners: (number | undefined)[] = words.map(() => undefined);
  const width = looked.length + 1;
  for (let cell = end; ;) {
    const step = steps[cell] ?? none;
    if (step === none) return partners;
    if (step === both) partners[Math.floor(cell / width) - 1] = from + (cell % width) - 1;
    cell -= step === both ? width + 1 : step === left ? 1 : width;
  }
}

interface Filled {
  /** How the best alignment that ends in a cell came there; rows are words, columns are the others. */
  readonly steps: Uint8Array;
  readonly end: number;
}

function fill(words: readonly string[], others: readonly string[], expectedEnd: number): Filled {
  const width = others.length + 1;
  const steps = new Uint8Array((words.length + 1) * width);
  let above = new Int32Array(width);
  let best = { score: 0, cell: 0, distance: Infinity };
  words.forEach((word, row) => {
    const current = new Int32Array(width);
    for (let column = 1; column < width; column += 1) {
      const diagonal = (above[column - 1] ?? 0) + (others[column - 1] === word ? equal : different);
      const gap = Math.max(above[column] ?? 0, current[column - 1] ?? 0) + different;
      const score = Math.max(0, diagonal, gap);
      current[column] = score;
      const cell = (row + 1) * width + column;
      const skipped = score === (above[column] ?? 0) + different ? right : left;
      steps[cell] = score === diagonal ? both : skipped;
      if (score === 0) steps[cell] = none;
      const distance = Math.abs(column - expectedEnd);
      if (isBetter(best, { score, distance })) best = { score, cell, distance };
    }
    above = current;
  });
  return { steps, end: best.cell };
}

type End = { readonly score: number; readonly distance: number };

const isBetter = (best: End, { score, distance }: End): boolean =>
  score > best.score || (score > 0 && score === best.score && distance < best.distance);
