import { z } from 'zod';
import type { Parameters } from '../read-model/sql.js';

const maximumLength = 200;

/** What somebody types to find rows; parses to the words of it, each once and folded. */
export const searchWords = z
  .string()
  .max(maximumLength)
  .regex(/^[^\0\p{Surrogate}]*$/u, 'Must be text without NUL and without halves of characters.')
  .nullish()
  .transform((search) => [...new Set((search ?? '').normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean))]);

/** Text as it is searched and sorted: without case, and without differences that nobody sees. */
export const foldedText = (text: string): string => `lower(normalize(${text}, NFKC) collate "und-x-icu")`;

/** The same as bytes: text of ASCII alone, which most is, is folded in a fraction of the time. */
const foldedBytes = (text: string): string => `
  case when octet_length(${text}) = char_length(${text}) then convert_to(lower(${text} collate "C"), 'UTF8')
       else convert_to(${foldedText(text)}, 'UTF8') end`;

/** Every word stands somewhere in one of the columns, as a part of a word too. */
export function searchCondition(words: readonly string[], columns: readonly string[], parameters: Parameters): string {
  if (words.length === 0) return 'true';
  const wanted = `unnest(${parameters.add(words)}::text[]) as wanted(word)`;
  return `
    (select bool_and(position(convert_to(word, 'UTF8') in folded.bytes) > 0)
       from (select ${foldedBytes('searched.text')} as bytes
               from (select concat_ws(E'\\n', ${columns.join(', ')}) as text offset 0) searched offset 0) folded,
            ${wanted})`;
}
