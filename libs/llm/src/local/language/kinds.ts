import { kindsOf, meaningsOf, type DictionaryPart } from './wordnet.js';

/** Rarer meanings of a word are mostly not meant. */
const usual = { said: 2, asked: 2 };
/** Steps from the top of the dictionary in which words are too general to tell anything: object, act, state. */
const general = 5;
/** Steps from what is said up to what is asked. */
const furthest = 7;

const ways = new Map<string, readonly ReadonlyMap<number, number>[]>();

/** The usual meanings of a word, each with all that it is a kind of; read once. */
function waysOf(lemma: string, part: DictionaryPart): readonly ReadonlyMap<number, number>[] {
  const key = `${part} ${lemma}`;
  const known =
    ways.get(key) ??
    meaningsOf(lemma, part)
      .slice(0, usual.said)
      .map((meaning) => kindsOf(meaning, part));
  ways.set(key, known);
  return known;
}

const [person] = meaningsOf('person', 'noun');

/** Whether a noun first of all means a human being: a porter, a brother, an auditor. */
export const isPersonWord = (lemma: string): boolean =>
  person !== undefined && (waysOf(lemma, 'noun')[0]?.has(person) ?? false);

const isGeneral = (way: ReadonlyMap<number, number>): boolean => Math.max(...way.values()) < general;

const meaningOf = (way: ReadonlyMap<number, number>): number | undefined => way.keys().next().value;

/** Whether two words mean the same, or the first is a kind of the second: a moth is an insect, Lyon a city. */
export function relationOf(said: string, asked: string, part: DictionaryPart): 'SAME' | 'KIND' | null {
  let relation: 'KIND' | null = null;
  for (const askedWay of waysOf(asked, part).slice(0, usual.asked)) {
    const meaning = meaningOf(askedWay);
    for (const way of waysOf(said, part)) {
      const steps = meaning === undefined ? undefined : way.get(meaning);
      if (steps === 0) return 'SAME';
      if (steps !== undefined && steps <= furthest && part === 'noun' && !isGeneral(askedWay)) relation = 'KIND';
    }
  }
  return relation;
}
