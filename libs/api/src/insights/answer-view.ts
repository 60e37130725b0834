import { spinQuadrants, type Answer, type AnswerOf, type SpinQuadrant } from '@harmony/contracts';

interface SpinShare {
  readonly quadrant: SpinQuadrant;
  readonly count: number;
  readonly share: number;
}

/** An answer as GraphQL shows it: no records, and no field that means one thing here and another one there. */
export type AnswerView =
  | Exclude<Answer, { type: 'OPEN_QUESTION' | 'SPIN_DISTRIBUTION' }>
  | { readonly type: 'OPEN_QUESTION'; readonly text: string }
  | (Pick<AnswerOf<'SPIN_DISTRIBUTION'>, 'type' | 'questions'> & { readonly quadrants: readonly SpinShare[] });

export function answerView(answer: Answer): AnswerView {
  if (answer.type === 'OPEN_QUESTION') return { type: answer.type, text: answer.answer };
  if (answer.type !== 'SPIN_DISTRIBUTION') return answer;
  const { type, counts, shares, questions } = answer;
  const quadrants = spinQuadrants.map((quadrant) => ({
    quadrant,
    count: counts[quadrant],
    share: shares[quadrant],
  }));
  return { type, quadrants, questions };
}
