import { z } from 'zod';
import type { Parameters } from '../read-model/sql.js';

const maximumLength = 200;

/** What somebody types to find rows; parses to the words of it, each once. */
export const searchWords = z
  .string()
  .max(maximumLength)
  .regex(/^[^\0\p{Surrogate}]*$/u, 'Must be text without NUL and without halves of characters.')
  .nullish()
  .transform((search) => [...new Set((search ?? '').normalize('NFKC').split(/\s+/u).filter(Boolean))]);

/** Text as it is searched and sorted: without case, and without differences that nobody sees. */
export const foldedText = (text: string): string => `lower(normalize(${text}, NFKC) collate "und-x-icu")`;

/** Every word stands somewhere in one of the columns, as a part of a word too. */
export function searchCondition(words: readonly string[], columns: readonly string[], parameters: Parameters): string {
  if (words.length === 0) return 'true';
  const text = foldedText(`concat_ws(E'\\n', ${columns.join(', ')})`);
  const wanted = `unnest(${parameters.add(words)}::text[]) as wanted(word)`;
  return `(select bool_and(strpos(${text}, ${foldedText('word')}) > 0) from ${wanted})`;
}
