import type { ParsedConversation, SpokenSentence } from '../language/conversation.js';
import { createPace } from '../language/conversation.js';
import { discoveredIn } from './discover.js';
import { nameKey, namePattern, soundsLike } from './name-forms.js';

export interface NamedSentence {
  readonly sentence: SpokenSentence;
  /** The sentence with `@` in the place of the name. */
  readonly masked: string;
}

export interface Competitor {
  readonly name: string;
  readonly sentences: readonly NamedSentence[];
}

interface Known {
  readonly name: string;
  readonly pattern: RegExp;
}

const articles = /(?:^|[^\p{L}])(?:an?|the|my|our|your|their|his|her|some|any|no|every|each)\s+$/iu;

/** Whether words in lower case are the name, and no common word that is written like it. */
function isNameInLowerCase(text: string, start: number, end: number): boolean {
  if (/\p{Lu}/u.test(text.slice(start, end))) return true;
  if (articles.test(text.slice(0, start))) return false;
  return end - start >= 6 || !/\p{Lu}/u.test(text.replace(/\bI\b/g, ''));
}

function findByPattern({ pattern }: Known, text: string): [number, number] | undefined {
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (isNameInLowerCase(text, match.index, end)) return [match.index, end];
  }
  return undefined;
}

/** A word with a capital, or two words in a row, that speech to text may have made of the name. */
function findByEar({ name }: Known, { text, tokens, start }: SpokenSentence): [number, number] | undefined {
  const key = nameKey(name);
  for (const [at, token] of tokens.entries()) {
    if (token.lower[0] !== key[0]) continue;
    const next = tokens[at + 1];
    const isNamed = at > 0 && /^\p{Lu}/u.test(token.text);
    if (isNamed && soundsLike(token.text, name)) return [token.start - start, token.end - start];
    if (next === undefined) continue;
    const pair = text.slice(token.start - start, next.end - start);
    if (nameKey(pair) === key || (isNamed && /^\p{Lu}/u.test(next.text) && soundsLike(pair, name))) {
      return [token.start - start, next.end - start];
    }
  }
  return undefined;
}

const known = (names: readonly string[]): Known[] => names.map((name) => ({ name, pattern: namePattern(name) }));

/** Where a name stands; what is another name to the letter is never taken for a misspelling. */
function findName(one: Known, sentence: SpokenSentence, all: readonly Known[]): [number, number] | undefined {
  const exact = findByPattern(one, sentence.text);
  if (exact !== undefined || nameKey(one.name).length < 6) return exact;
  const heard = findByEar(one, sentence);
  return heard !== undefined && all.some((other) => other !== one && findByPattern(other, sentence.text))
    ? undefined
    : heard;
}

/** Where names stand in a conversation, in the order of their first mention; those of `others` are left out. */
export async function findCompetitors(
  { sentences }: ParsedConversation,
  names: readonly string[],
  others: readonly string[],
): Promise<Competitor[]> {
  const pace = createPace();
  const excluded = known(others);
  const isExcluded = (name: string) =>
    excluded.some((other) => nameKey(other.name) === nameKey(name) || findByPattern(other, name) !== undefined);
  const wanted = known(names.filter((name) => !isExcluded(name)));
  const all = [...wanted, ...excluded];
  for (const sentence of sentences) {
    await pace();
    for (const name of discoveredIn(sentence)) {
      const isKnown = all.some((one) => findByPattern(one, name) !== undefined || soundsLike(name, one.name));
      if (!isKnown) all.push(...known([name]).map((one) => (wanted.push(one), one)));
    }
  }
  const found = new Map<string, NamedSentence[]>();
  for (const sentence of sentences) {
    await pace();
    for (const one of wanted) {
      const place = findName(one, sentence, all);
      if (place === undefined) continue;
      const masked = `${sentence.text.slice(0, place[0])}@${sentence.text.slice(place[1])}`;
      found.set(one.name, [...(found.get(one.name) ?? []), { sentence, masked }]);
    }
  }
  return [...found].map(([name, named]) => ({ name, sentences: named }));
}
