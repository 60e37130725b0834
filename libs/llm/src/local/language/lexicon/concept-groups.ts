import { commerceWords } from './commerce-words.js';
import { workWords } from './work-words.js';

const termsOf = (words: string): string[] => words.split(',').map((term) => term.trim());

/**
 * Words of business English that mean nearly the same, by a name for what they mean. General language: written from
 * what such words mean, never from any sample. A word may be in several groups.
 */
export const conceptGroups: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ ...commerceWords, ...workWords }).map(([group, words]) => [group, termsOf(words)]),
);
