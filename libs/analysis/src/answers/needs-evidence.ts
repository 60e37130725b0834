import type { Answer, AnswerOf } from '@harmony/contracts';

type Claims = { readonly [Type in Answer['type']]?: (answer: AnswerOf<Type>) => boolean };

/** Types that claim that something was said, and when they do. */
const claims: Claims = {
  COMPETITORS: ({ mentions }) => mentions.length > 0,
  DISCOUNT: ({ discussed }) => discussed,
  OPEN_QUESTION: () => true,
  YES_NO: ({ answer }) => answer === 'YES',
  CHECKLIST: ({ items }) => items.some(({ outcome }) => outcome === 'MET'),
  SPIN_DISTRIBUTION: ({ questions }) => questions.length > 0,
};

/**
 * Whether an answer claims that something was said, so that it is worth nothing without a quote. Answers that weigh the
 * whole conversation, such as a score or a summary, and those that say that something was not there, stand without.
 */
export function needsEvidence(answer: Answer): boolean {
  const claim = claims[answer.type] as ((answer: Answer) => boolean) | undefined;
  return claim?.(answer) ?? false;
}
