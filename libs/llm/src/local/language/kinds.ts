import { kindsOf, meaningsOf, type DictionaryPart } from './wordnet.js';

/** Rarer meanings of a word are mostly not meant. */
const usual = { said: 2, asked: 2 };
/** Steps from the top of the dictionary in which words are too general to tell anything: object, act, state. */
const general = 5;
/** Steps from what is said up to what is asked. */
const furthest = 7;

/** A meaning of a word. */
interface Way {
  readonly meaning: number | undefined;
  /** All that it is a kind of, with the steps to it. */
  readonly kinds: ReadonlyMap<number, number>;
  readonly isGeneral: boolean;
}

const ways: Readonly<Record<DictionaryPart, Map<string, readonly Way[]>>> = { noun: new Map(), verb: new Map() };

function readWays(lemma: string, part: DictionaryPart): readonly Way[] {
  return meaningsOf(lemma, part)
    .slice(0, usual.said)
    .map((meaning) => {
      const kinds = kindsOf(meaning, part);
      return { meaning, kinds, isGeneral: Math.max(...kinds.values()) < general };
    });
}

/** The usual meanings of a word; read once. */
function waysOf(lemma: string, part: DictionaryPart): readonly Way[] {
  const known = ways[part].get(lemma);
  if (known !== undefined) return known;
  const read = readWays(lemma, part);
  ways[part].set(lemma, read);
  return read;
}

const [person] = meaningsOf('person', 'noun');

/** Whether a noun first of all means a human being: a porter, a brother, an auditor. */
export const isPersonWord = (lemma: string): boolean =>
  person !== undefined && (waysOf(lemma, 'noun')[0]?.kinds.has(person) ?? false);

/** How two words are related, and how far they were looked up: pairs come again in every conversation. */
const relations: Readonly<Record<DictionaryPart, Map<string, Map<string, Relation>>>> = {
  noun: new Map(),
  verb: new Map(),
};
type Relation = 'SAME' | 'KIND' | null;
/** Pairs that are kept of each part: some tens of megabytes. */
const keptPairs = 300_000;
const pairs: Record<DictionaryPart, number> = { noun: 0, verb: 0 };

function relate(said: string, asked: string, part: DictionaryPart): Relation {
  let relation: Relation = null;
  for (const { meaning, isGeneral } of waysOf(asked, part).slice(0, usual.asked)) {
    for (const { kinds } of waysOf(said, part)) {
      const steps = meaning === undefined ? undefined : kinds.get(meaning);
      if (steps === 0) return 'SAME';
      if (steps !== undefined && steps <= furthest && part === 'noun' && !isGeneral) relation = 'KIND';
    }
  }
  return relation;
}

/** Whether two words mean the same, or the first is a kind of the second: a moth is an insect, Lyon a city. */
export function relationOf(said: string, asked: string, part: DictionaryPart): Relation {
  const all = relations[part];
  const known = all.get(asked) ?? new Map<string, Relation>();
  all.set(asked, known);
  const relation = known.get(said);
  if (relation !== undefined) return relation;
  const found = relate(said, asked, part);
  known.set(said, found);
  pairs[part] += 1;
  if (pairs[part] >= keptPairs) {
    all.clear();
    pairs[part] = 0;
  }
  return found;
}
