import type { SpokenSentence } from '../language/conversation.js';
import { relationOf } from '../language/kinds.js';
import { parseText } from '../language/parse-text.js';

const asking =
  /\b(?:which|what)\s+(?:(?:kind|type|sort|form|brand|make)s? of\s+)?((?:\p{Ll}+\s+){0,2}?\p{Ll}+)(?:\s+or\s+(\p{Ll}+))?\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|\p{Ll}{3,}(?:s|ed))\b/iu;
/** What is asked for in these words has kinds of its own: people, times, sums. */
const others =
  /^(?:person|people|day|date|time|month|week|year|price|cost|amount|sum|number|share|reason|thing|way|side|part|party|point|step|problem|one)s?$/iu;

/** What a question wants one of: "which animal or insect", "in which city"; none where it asks for something else. */
export function categoriesOf(question: string): readonly string[] {
  const [, first = '', second = ''] = asking.exec(question) ?? [];
  return [first.split(/\s+/u).at(-1) ?? '', second]
    .filter((word) => word !== '' && !others.test(word))
    .flatMap((word) => parseText(word).flatMap(({ tokens }) => tokens.map(({ lemma }) => lemma)));
}

/** The words of a sentence that are one of a category. */
export const membersIn = ({ tokens }: SpokenSentence, categories: readonly string[]): readonly string[] =>
  tokens.flatMap(({ tag, lemma, lower }) => {
    if (tag !== 'NOUN' && tag !== 'PROPN') return [];
    const said = tag === 'PROPN' ? lower : lemma;
    return categories.some((category) => said !== category && relationOf(said, category, 'noun') !== null)
      ? [said]
      : [];
  });
