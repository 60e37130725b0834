import { createHash } from 'node:crypto';

/**
 * A mark that encloses a text and does not occur in it: derived from the text, so that the same text always gets the same
 * one, and that nobody who contributes to the text can write it (B17).
 */
export function fenceOf(text: string): string {
  let mark = digest(text);
  while (text.includes(mark)) mark = digest(mark + text);
  return mark;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** The text between two lines that carry the mark. */
export const fenced = (mark: string, text: string): string => `=== ${mark} ===\n${text}\n=== ${mark} ===`;
