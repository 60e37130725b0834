/** A piece of a text, from its first character to behind its last. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

export interface Word extends Piece {
  /** Without case, accents and apostrophes. */
  readonly folded: string;
}

/** Share of a quote's words that must be there, in their order. */
const wordsFound = 0.75;
/** Comparing costs the product of both lengths. */
const maximumComparisons = 2_000_000;

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    folded: match[0]
      .normalize('NFKD')
      .replace(/[\p{M}'’]/gu, '')
      .toLowerCase(),
  }));
}

/**
 * Where a text says nearly what a quote says: three words at least, three quarters of the quote's words in their order,
 * and hardly anything between them. Undefined where it does not. The best local alignment (Smith and Waterman, 1981).
 */
export function nearMatch(text: string, quote: string): Piece | undefined {
  const [words, wanted] = [wordsOf(text), wordsOf(quote)];
  if (wanted.length < 3 || words.length * wanted.length > maximumComparisons) return undefined;
  const best = bestAlignment(words, wanted);
  const [first, last] = [words[best.first], words[best.last]];
  const isEnough = best.matches >= 3 && best.matches / wanted.length >= wordsFound;
  const isDense = best.matches / (best.last - best.first + 1) >= wordsFound;
  return first && last && isEnough && isDense ? { start: first.start, end: last.end } : undefined;
}

interface Alignment {
  readonly score: number;
  readonly matches: number;
  /** Positions of the first and the last word of the text that is in it. */
  readonly first: number;
  readonly last: number;
}

const nothing: Alignment = { score: 0, matches: 0, first: -1, last: -1 };
const gap = 0.5;

function bestAlignment(words: readonly Word[], wanted: readonly Word[]): Alignment {
  let best = nothing;
  let above: Alignment[] = wanted.map(() => nothing);
  words.forEach(({ folded }, position) => {
    const row: Alignment[] = [];
    wanted.forEach((word, index) => {
      const here =
        folded === word.folded ? extended((index > 0 ? above[index - 1] : undefined) ?? nothing, position) : nothing;
      const skips = [above[index] ?? nothing, row[index - 1] ?? nothing].map((one) => ({
        ...one,
        score: one.score - gap,
      }));
      const chosen = [here, ...skips].reduce((left, right) => (right.score > left.score ? right : left));
      row.push(chosen.score > 0 ? chosen : nothing);
      if (chosen.score > best.score) best = chosen;
    });
    above = row;
  });
  return best;
}

const extended = ({ score, matches, first }: Alignment, position: number): Alignment => ({
  score: score + 1,
  matches: matches + 1,
  first: first < 0 ? position : first,
  last: position,
});
