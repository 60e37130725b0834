import { windowsOf, tokensOfLines, type Line } from './lines.js';

type Passage = readonly Line[];

/** Of a passage: large enough to be understood, small enough to be chosen. */
const passageTokens = 300;
/** Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with the usual constants. */
const saturation = 1.2;
const lengthWeight = 0.75;

/**
 * The passages that have most to do with the queries, each query in turn, until the budget is spent; in the order of the
 * conversation. Empty where no query finds anything.
 */
export function bestPassages(lines: readonly Line[], queries: readonly string[], budget: number): Passage[] {
  const passages = windowsOf(lines, passageTokens);
  const index = new PassageIndex(passages);
  const rankings = queries.map((query) => index.rank(query));
  const chosen = new Set<number>();
  let left = budget;
  for (let place = 0; rankings.some((ranking) => place < ranking.length); place += 1) {
    for (const ranking of rankings) {
      const at = ranking[place];
      const tokens = tokensOfLines(passages[at ?? -1] ?? []);
      if (at === undefined || chosen.has(at) || tokens > left) continue;
      chosen.add(at);
      left -= tokens;
    }
  }
  return passages.filter((_, at) => chosen.has(at));
}

class PassageIndex {
  private readonly counts: ReadonlyMap<string, number>[];
  private readonly lengths: readonly number[];
  private readonly averageLength: number;
  private readonly holders = new Map<string, number[]>();

  constructor(passages: readonly Passage[]) {
    const words = passages.map((passage) => passage.flatMap(({ text }) => stemsOf(text)));
    this.counts = words.map(countOf);
    this.lengths = words.map(({ length }) => length);
    this.averageLength = Math.max(1, this.lengths.reduce((sum, length) => sum + length, 0) / words.length);
    for (const [at, count] of this.counts.entries()) {
      for (const stem of count.keys()) {
        const holders = this.holders.get(stem) ?? [];
        holders.push(at);
        this.holders.set(stem, holders);
      }
    }
  }

  /** Places of the passages that share words with the query, the best first. */
  rank(query: string): readonly number[] {
    const scores = new Map<number, number>();
    for (const stem of new Set(stemsOf(query))) {
      const holders = this.holders.get(stem) ?? [];
      for (const at of holders) scores.set(at, (scores.get(at) ?? 0) + this.score(stem, at, holders.length));
    }
    return [...scores].sort(([a, left], [b, right]) => right - left || a - b).map(([at]) => at);
  }

  private score(stem: string, at: number, holders: number): number {
    const rarity = Math.log(1 + (this.counts.length - holders + 0.5) / (holders + 0.5));
    const count = this.counts[at]?.get(stem) ?? 0;
    const length = (this.lengths[at] ?? 0) / this.averageLength;
    return (rarity * count * (saturation + 1)) / (count + saturation * (1 - lengthWeight + lengthWeight * length));
  }
}

/** Words without their endings, roughly, in any language: what is common weighs little anyway. */
const stemsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length > 6 ? word.slice(0, 6) : word));

function countOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
