import { comparedWords } from './words.js';

/** Share of a gold point's content words that an answer has to hold for the point to count as mentioned. */
export const mentionThreshold = 0.6;

/**
 * Whether a text says what a point says, by its words: at least 60 % of the content words of the point, as stems and
 * with numbers in digits, are in the text. It asks for the facts (names, figures, things), whatever the wording.
 */
export function mentions(text: string, points: readonly string[]): number {
  const said = new Set(comparedWords(text).map((word) => word.text));
  return points.filter((point) => {
    const words = comparedWords(point);
    const content = new Set(words.filter(({ isContent }) => isContent).map((word) => word.text));
    const wanted = content.size > 0 ? [...content] : words.map((word) => word.text);
    const there = wanted.filter((word) => said.has(word)).length;
    return wanted.length > 0 && there / wanted.length >= mentionThreshold;
  }).length;
}

/** Whether the words of a phrase stand in the text, side by side. */
export function contains(text: string, phrase: string): boolean {
  const line = (words: string): string =>
    ` ${comparedWords(words)
      .map((word) => word.text)
      .join(' ')} `;
  return line(phrase).trim() !== '' && line(text).includes(line(phrase));
}
