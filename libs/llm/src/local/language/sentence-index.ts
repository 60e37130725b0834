import { conceptsOf } from './concepts.js';
import { createPace, type ParsedConversation, type SpokenSentence } from './conversation.js';

/** A sentence, and how well it fits what was looked for. */
export interface Hit {
  readonly sentence: SpokenSentence;
  readonly score: number;
}

/** Finds sentences by their concepts (BM25 over sentences; neighbours lend a part of their weight). */
export interface SentenceIndex {
  /** How telling a concept is in this conversation: the rarer, the more. */
  weightOf(concept: string): number;
  /** The concepts of a sentence, by its position. */
  conceptsAt(position: number): ReadonlySet<string>;
  /** Sentences that have any of the concepts, the best first. */
  search(concepts: ReadonlyMap<string, number>, limit?: number): Hit[];
}

const k1 = 1.2;
const b = 0.5;

class Bm25Index implements SentenceIndex {
  constructor(
    private readonly sentences: readonly SpokenSentence[],
    private readonly concepts: readonly ReadonlySet<string>[],
    private readonly postings: ReadonlyMap<string, readonly number[]>,
    private readonly meanLength: number,
  ) {}

  weightOf(concept: string): number {
    const frequency = this.postings.get(concept)?.length ?? 0;
    return Math.log(1 + (this.sentences.length - frequency + 0.5) / (frequency + 0.5));
  }

  conceptsAt(position: number): ReadonlySet<string> {
    return this.concepts[position] ?? new Set();
  }

  search(wanted: ReadonlyMap<string, number>, limit = 50): Hit[] {
    const scores = new Map<number, number>();
    for (const [concept, weight] of wanted) {
      const gain = weight * this.weightOf(concept);
      for (const position of this.postings.get(concept) ?? []) {
        const length = this.concepts[position]?.size ?? 0;
        const part = (k1 + 1) / (1 + k1 * (1 - b + (b * length) / this.meanLength));
        scores.set(position, (scores.get(position) ?? 0) + gain * part);
      }
    }
    return [...scores]
      .sort(([left, leftScore], [right, rightScore]) => rightScore - leftScore || left - right)
      .slice(0, limit)
      .flatMap(([position, score]) => {
        const sentence = this.sentences[position];
        return sentence === undefined ? [] : [{ sentence, score }];
      });
  }
}

/** Indexes a conversation. Linear in its length; gives way to others while it works. */
export async function indexSentences({ sentences }: ParsedConversation): Promise<SentenceIndex> {
  const pace = createPace();
  const postings = new Map<string, number[]>();
  const concepts: ReadonlySet<string>[] = [];
  let length = 0;
  for (const [position, { tokens }] of sentences.entries()) {
    await pace();
    const own = new Set(conceptsOf(tokens).keys());
    concepts.push(own);
    length += own.size;
    for (const concept of own) {
      const list = postings.get(concept);
      if (list === undefined) postings.set(concept, [position]);
      else list.push(position);
    }
  }
  return new Bm25Index(sentences, concepts, postings, Math.max(1, length / Math.max(1, sentences.length)));
}
