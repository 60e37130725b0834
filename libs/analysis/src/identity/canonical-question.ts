import type { Question } from '@harmony/contracts';

const byKey = <Part extends { readonly key: string }>(parts: readonly Part[]): Part[] =>
  [...parts].sort((left, right) => (left.key < right.key ? -1 : 1));

const asSet = (names: readonly string[]): string[] => {
  const spelled = new Map([...names].sort().map((name) => [name.toLowerCase(), name]));
  return [...spelled.keys()].sort().map((name) => spelled.get(name) ?? name);
};

/**
 * The question in one order, where order means nothing: items of a checklist, buckets of a group, names of competitors.
 * Analysts are asked in this order too, so that a reordered definition has the answers that it had (D4).
 */
export function canonicalQuestion(question: Question): Question {
  switch (question.type) {
    case 'CHECKLIST':
      return { ...question, items: byKey(question.items) };
    case 'GROUP':
      return { ...question, buckets: byKey(question.buckets) };
    case 'COMPETITORS':
      return { ...question, track: asSet(question.track), exclude: asSet(question.exclude) };
    default:
      return question;
  }
}
