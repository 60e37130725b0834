import { isPersonWord, relationOf } from '../language/kinds.js';
import type { Reading } from '../language/reading.js';
import type { Slot, Topic } from './topic.js';

/** What another word for the same is worth, and a word for a kind of it. */
const strengths = { SAME: 0.75, KIND: 0.65 };
/** Words that so many words of a conversation are kinds of are too broad to tell anything. */
const broad = 12;
/** A word that stands in so many sentences, or in fewer, tells all that it can; common ones tell less. */
const rare = 2;
/** In long conversations words are rarer than they need to be. */
const most = 3.2;

/** How telling such a word is in a conversation of so many sentences. */
const tellingAmong = (sentences: number): number => Math.log(1 + Math.max(0, sentences - rare + 0.5) / (rare + 0.5));

type Vocabulary = ReadonlyMap<'noun' | 'verb', ReadonlyMap<string, string>>;

type Lemma = NonNullable<Slot['lemmas']>[number];

const known = new WeakMap<Reading, Vocabulary>();

/** Nouns and verbs of a conversation, by their stem. */
function vocabularyOf(reading: Reading): Vocabulary {
  const found = known.get(reading) ?? readVocabulary(reading);
  known.set(reading, found);
  return found;
}

function readVocabulary({ parsed: { sentences } }: Reading): Vocabulary {
  const [noun, verb] = [new Map<string, string>(), new Map<string, string>()];
  for (const { stem, lemma, lower, tag } of sentences.flatMap(({ tokens }) => tokens)) {
    if (tag === 'NOUN' || tag === 'PROPN') noun.set(stem, tag === 'PROPN' ? lower : lemma);
    if (tag === 'VERB') verb.set(stem, lemma);
  }
  return new Map([
    ['noun', noun],
    ['verb', verb],
  ]);
}

const related = new WeakMap<Vocabulary, Map<string, readonly (readonly [string, number])[]>>();

/** The same, looked up once for a conversation. */
function relatedOnce(vocabulary: Vocabulary, lemma: Lemma): readonly (readonly [string, number])[] {
  const all = related.get(vocabulary) ?? new Map<string, readonly (readonly [string, number])[]>();
  related.set(vocabulary, all);
  const key = `${lemma.part} ${lemma.lemma}`;
  const found = all.get(key) ?? relatedTo(vocabulary, lemma);
  all.set(key, found);
  return found;
}

function relatedTo(vocabulary: Vocabulary, { lemma, part }: Lemma): [string, number][] {
  const found: [string, number][] = [];
  for (const [stem, said] of vocabulary.get(part) ?? []) {
    const relation = said === lemma ? null : relationOf(said, lemma, part);
    if (relation !== null) found.push([stem, strengths[relation]]);
  }
  return found.length > broad ? [] : found;
}

/** What people are called where they are counted. */
const crowd = ['peopl', 'person', 'head', 'folk'];

/** Words of a conversation that mean what a word means, or are a kind of it, with how near they come. */
export const wordsFor = (reading: Reading, lemma: Lemma): ReadonlyMap<string, number> =>
  new Map(relatedOnce(vocabularyOf(reading), lemma));

/** How telling a word is in a conversation, 0 to 1: what is said all the time tells little. */
export function rarityOf(reading: Reading, concepts: readonly string[]): number {
  const telling = Math.max(Number.EPSILON, Math.min(most, tellingAmong(reading.parsed.sentences.length)));
  return Math.min(...concepts.map((one) => reading.index.weightOf(one)), telling) / telling;
}

function attuneSlot(reading: Reading, slot: Slot, byRarity: boolean): Slot {
  const all = new Map(slot.strengths);
  for (const lemma of slot.lemmas ?? []) {
    if (lemma.part === 'noun' && isPersonWord(lemma.lemma)) for (const word of crowd) all.set(word, strengths.KIND);
    for (const [stem, strength] of relatedOnce(vocabularyOf(reading), lemma)) {
      all.set(stem, Math.max(all.get(stem) ?? 0, strength));
    }
  }
  if (!byRarity || slot.words.length === 0) return { ...slot, strengths: all };
  return { ...slot, strengths: all, weight: slot.weight * rarityOf(reading, slot.words) };
}

/**
 * A topic as one conversation speaks of it: with its own words for the same things and for kinds of them, and with less
 * weight for what it speaks of all the time.
 */
export function attuned(reading: Reading, { slots }: Topic, byRarity = true): Topic {
  const own = slots.map((slot) => attuneSlot(reading, slot, byRarity));
  const concepts = new Map<string, number>();
  for (const slot of own) {
    for (const [concept, strength] of slot.strengths)
      concepts.set(concept, Math.max(concepts.get(concept) ?? 0, strength * slot.weight));
  }
  return { slots: own, concepts };
}
