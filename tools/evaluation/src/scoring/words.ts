import model from 'wink-eng-lite-web-model';
import winkNlp, { type TokenItsFunction } from 'wink-nlp';
import { foldNumbers } from './numbers.js';

const nlp = winkNlp(model, []);
const { stem, stopWordFlag } = nlp.its as unknown as Record<string, unknown>;
const stemOf = stem as TokenItsFunction<string>;
const stopWordFlagOf = stopWordFlag as TokenItsFunction<boolean>;

/** A word as it is compared: its stem, or a number in digits. */
export interface ComparedWord {
  readonly text: string;
  /** False for words that carry no content of their own, such as "the". */
  readonly isContent: boolean;
}

const signs: ReadonlyMap<string, string> = new Map([
  ['%', 'percent'],
  ['€', 'euro'],
  ['eur', 'euro'],
  ['$', 'dollar'],
  ['usd', 'dollar'],
  ['£', 'pound'],
  ['gbp', 'pound'],
]);

/** The words of a text without punctuation; numbers, spelt out or not, are written in digits. */
export function comparedWords(text: string): ComparedWord[] {
  const words = spelling(text).map((word) => ({ word: signs.get(word) ?? word }));
  return foldNumbers(words.map(({ word }) => word)).flatMap((word) => {
    if (/^\d/.test(word)) return [{ text: word, isContent: true }];
    const tokens = nlp.readDoc(word).tokens();
    const stems = tokens.out(stemOf);
    const stops = tokens.out(stopWordFlagOf) as boolean[];
    return stems.map((stem, index) => ({ text: stem, isContent: !stops[index] }));
  });
}

/** Lower-case words, numbers and signs of a text; "16th" and "9.5" stay whole, "twenty-one" becomes two. */
function spelling(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’](s|re|ll|ve|d|m|t)\b/g, '');
  return plain.match(/\d+(?:[.,:]\d+)*(?:st|nd|rd|th|k|m)?(?![\p{L}])|[\p{L}\p{M}]+|\d+|[%€$£]/gu) ?? [];
}
