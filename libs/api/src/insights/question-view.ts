import type { Question, QuestionOf } from '@harmony/contracts';

/** A question as GraphQL shows it: it has no records, so labels of a scale are a list. */
export type QuestionView =
  | Exclude<Question, { type: 'SCALE' }>
  | (Omit<QuestionOf<'SCALE'>, 'labels'> & { readonly labels: readonly { value: number; label: string }[] });

/** Labels in the order of their values. */
export function questionView(question: Question): QuestionView {
  if (question.type !== 'SCALE') return question;
  const labels = Object.entries(question.labels).map(([value, label]) => ({ value: Number(value), label }));
  return { ...question, labels: labels.sort((left, right) => left.value - right.value) };
}
