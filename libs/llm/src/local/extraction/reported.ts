import { quantitiesIn } from '../language/quantities.js';

/** Words of speech that carry nothing. */
const fillers =
  /(?<![\p{L}])(?:u[mh]+|e[rh]m?|hm+|mm+|you know|i mean|i guess|sort of|kind of|to be (?:honest|fair)|honestly|obviously|actually|literally|basically|let me see|what was it|lol|btw)(?![\p{L}])[,.]?\s*/giu;
const opening =
  /^(?:(?:yeah|yes|yep|no|nope|okay|ok|right|well|so|and|but|oh|ah|sure|great|good|fine|look|listen|now|then|because|anyway|perfect|lovely|understood|fair enough|of course|exactly|thanks|thank you|hi|hello|sorry|wow|ha|brilliant)(?![\p{L}])(?:[,.!… –-]+|$))+/iu;

/** Numbers that are told in words become digits, where they are more than a small count. */
export function withDigits(text: string): string {
  let written = '';
  let from = 0;
  for (const { kind, value, start, end } of quantitiesIn(text)) {
    const words = text.slice(start, end);
    if (kind === 'ORDINAL' || /\d/.test(words) || (kind === 'NUMBER' && value < 10)) continue;
    const sign = /^(?:[\p{L} -]*?)([\p{L}%]+)$/u.exec(words.replace(/[.,]/g, ''))?.[1] ?? '';
    const unit = kind === 'PERCENT' ? ' percent' : kind === 'MONEY' ? ` ${sign.toLowerCase()}` : '';
    written += text.slice(from, start) + value.toLocaleString('en-US', { maximumFractionDigits: 4 }) + unit;
    from = end;
  }
  return written + text.slice(from);
}

type Change = readonly [RegExp, string];

const contractions = "(['’](?:m|ve|d|ll|re))?";
const word = (words: string): RegExp => new RegExp(`(?<![\\p{L}'’])(?:${words})${contractions}(?![\\p{L}'’])`, 'giu');

/** "They" takes the verbs of "I" and "we" as they are, but for these. */
const firstPerson: readonly Change[] = [
  [/(?<![\p{L}'’])I['’]m(?![\p{L}])/giu, 'they are'],
  [/(?<![\p{L}'’])I am(?![\p{L}])/giu, 'they are'],
  [/(?<![\p{L}'’])I was(?![\p{L}])/giu, 'they were'],
  [/(?<![\p{L}'’])(?:am|was) I(?![\p{L}'’])/giu, 'are they'],
  [word('I|we'), 'they$1'],
  [word('my|our'), 'their'],
  [word('mine|ours'), 'theirs'],
  [word('me|us'), 'them'],
  [word('myself|ourselves'), 'themselves'],
];

const secondPerson = (others: string): readonly Change[] => [
  [word('your'), `${others}'`],
  [word('yours'), `those of ${others}`],
  [word('you'), `${others}$1`],
];

const applied = (text: string, changes: readonly Change[]): string =>
  changes.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Without words that only fill a pause, and with numbers in digits. */
export const tidied = (sentence: string): string =>
  withDigits(
    sentence
      .replace(/\s+/g, ' ')
      .replace(fillers, '')
      .replace(opening, '')
      .replace(/\s+([,.!?])/g, '$1')
      .replace(/^[,.\s]+/, '')
      .trim(),
  );

/** A sentence in the third person. Hosts speak of the customers by "you"; customers mean anybody by it, so theirs stays. */
export function inThirdPerson(sentence: string, isHost: boolean): string {
  const told = applied(tidied(sentence), firstPerson);
  return capitalised(isHost ? applied(told, secondPerson('the customers')) : told);
}
