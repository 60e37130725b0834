import type { Sentence } from './parse-text.js';

const askingWords = new Set(['who', 'whom', 'whose', 'what', 'which', 'when', 'where', 'why', 'how']);
const helpers = new Set(
  'do does did is are was were am have has had can could will would shall should may might must'.split(' '),
);
const subjects = new Set('i you we they he she it there that this your our the anyone anybody someone'.split(' '));
const fillers = new Set(
  'so and but well okay ok right then um uh er hm oh yes no yeah great good now just also'.split(' '),
);

function hasOrderOfQuestion(words: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = words;
  if (helpers.has(first)) return subjects.has(second) || (second === 'not' && subjects.has(third));
  return askingWords.has(first) && (helpers.has(second) || helpers.has(third));
}

/** Whether a sentence asks: by its mark, or, where speech to text has dropped it, by the order of its words. */
export function isQuestion({ text, tokens }: Sentence): boolean {
  if (/\?["'”’)\s]*$/u.test(text)) return true;
  if (/[.!]["'”’)\s]*$/u.test(text)) return false;
  const words = tokens.filter(({ tag }) => tag !== 'PUNCT').map(({ lower }) => lower);
  const start = words.findIndex((word) => !fillers.has(word));
  return start !== -1 && hasOrderOfQuestion(words.slice(start));
}
