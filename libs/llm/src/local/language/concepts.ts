import { conceptGroups } from './lexicon/concept-groups.js';
import { stopWords } from './lexicon/stop-words.js';
import { parseText, type Token } from './parse-text.js';

/** Words that carry meaning, by their lemma. */
export function isContentWord({ tag, lemma, lower }: Token): boolean {
  if (tag === 'PUNCT' || tag === 'SPACE' || tag === 'SYM' || tag === 'NUM') return false;
  return lower.length > 1 && !stopWords.has(lower) && !stopWords.has(lemma);
}

const groupsByWord = new Map<string, string[]>();
const groupsByPhrase = new Map<string, { readonly words: readonly string[]; readonly group: string }[]>();

const add = <Value>(map: Map<string, Value[]>, key: string, value: Value): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
};

const lemmasOf = (text: string): string[] =>
  parseText(text).flatMap(({ tokens }) => tokens.filter(({ tag }) => tag !== 'PUNCT').map(({ lemma }) => lemma));

for (const [group, terms] of Object.entries(conceptGroups)) {
  for (const term of terms) {
    const words = term.split(' ');
    if (words.length === 1) {
      add(groupsByWord, term, group);
      for (const lemma of lemmasOf(term)) add(groupsByWord, lemma, group);
    } else {
      const lemmas = lemmasOf(term);
      const [first] = lemmas;
      if (first !== undefined) add(groupsByPhrase, first, { words: lemmas, group });
    }
  }
}

/** Concepts of a row of words, with their number: groups of the lexicon (`#price`), and stems of words outside it. */
export function conceptsOf(tokens: readonly Token[]): Map<string, number> {
  const found = new Map<string, number>();
  const count = (concept: string) => found.set(concept, (found.get(concept) ?? 0) + 1);
  const words = tokens.filter(({ tag }) => tag !== 'PUNCT');
  for (const [at, token] of words.entries()) {
    for (const { words: phrase, group } of groupsByPhrase.get(token.lemma) ?? []) {
      if (phrase.every((lemma, offset) => words[at + offset]?.lemma === lemma)) count(`#${group}`);
    }
    if (!isContentWord(token)) continue;
    const groups = groupsByWord.get(token.lemma) ?? groupsByWord.get(token.lower) ?? [];
    for (const group of groups) count(`#${group}`);
    count(token.stem);
  }
  return found;
}

/** Concepts of a text that is not of the conversation: a question, a description. */
export const conceptsOfText = (text: string): Map<string, number> =>
  conceptsOf(parseText(text).flatMap(({ tokens }) => tokens));
