import { conceptGroups } from './lexicon/concept-groups.js';
import { conceptPatterns } from './lexicon/concept-patterns.js';
import { stopWords } from './lexicon/stop-words.js';
import { parseText, type Token } from './parse-text.js';

/** Words that carry meaning. */
export function isContentWord({ tag, lemma, lower }: Token): boolean {
  if (tag === 'PUNCT' || tag === 'SPACE' || tag === 'SYM' || tag === 'NUM') return false;
  return lower.length > 1 && /^\p{L}/u.test(lower) && !stopWords.has(lower) && !stopWords.has(lemma);
}

interface Phrase {
  readonly stems: readonly string[];
  readonly concept: string;
}

const groupsByStem = new Map<string, string[]>();
const phrasesByStem = new Map<string, Phrase[]>();

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

const wordsOf = (tokens: readonly Token[]): Token[] => tokens.filter(({ tag }) => tag !== 'PUNCT' && tag !== 'SPACE');

for (const [group, terms] of conceptGroups) {
  for (const term of terms) {
    const [first, ...rest] = wordsOf(parseText(term).flatMap(({ tokens }) => tokens)).map(({ stem }) => stem);
    if (first === undefined) continue;
    if (rest.length === 0) add(groupsByStem, first, `#${group}`);
    else add(phrasesByStem, first, { stems: [first, ...rest], concept: `#${group}` });
  }
}

/** Groups of the lexicon that a word belongs to, as concepts. */
export const groupsOf = (stem: string): readonly string[] => groupsByStem.get(stem) ?? [];

/** Concepts of the fixed phrases that begin at a word. */
export function phrasesAt(words: readonly Token[], at: number): string[] {
  const found = phrasesByStem.get(words[at]?.stem ?? '') ?? [];
  return found
    .filter(({ stems }) => stems.every((stem, offset) => words[at + offset]?.stem === stem))
    .map(({ concept }) => concept);
}

/** Longer sentences are searched for idioms up to here: patterns cost more than a sentence is long. */
const maximumWords = 80;

/** Concepts of a row of words, with their number: groups of the lexicon (`#price`), and the stems of the words. */
export function conceptsOf(tokens: readonly Token[]): Map<string, number> {
  const found = new Map<string, number>();
  const count = (concept: string) => found.set(concept, (found.get(concept) ?? 0) + 1);
  const words = wordsOf(tokens);
  for (const [at, token] of words.entries()) {
    for (const phrase of phrasesAt(words, at)) count(phrase);
    for (const group of groupsOf(token.stem)) count(group);
    if (isContentWord(token)) count(token.stem);
  }
  const spoken = words
    .slice(0, maximumWords)
    .map(({ lower }) => lower)
    .join(' ');
  for (const [concept, pattern] of conceptPatterns) if (pattern.test(spoken)) count(`#${concept}`);
  return found;
}

/** Concepts of a text that is not of the conversation: a question, a description. */
export const conceptsOfText = (text: string): Map<string, number> =>
  conceptsOf(parseText(text).flatMap(({ tokens }) => tokens));
