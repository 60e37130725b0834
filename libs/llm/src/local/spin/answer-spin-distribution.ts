import type { AnswerOf } from '@harmony/contracts';
import type { LocalResponder } from '../registry.js';
import { countByQuadrant, spinQuestions, type SpinQuestion } from './spin-questions.js';

type Shares = AnswerOf<'SPIN_DISTRIBUTION'>['shares'];

function sharesOf(counts: Shares): Shares {
  const all = Math.max(1, counts.SITUATION + counts.PROBLEM + counts.IMPLICATION + counts.NEED_PAYOFF);
  return {
    SITUATION: counts.SITUATION / all,
    PROBLEM: counts.PROBLEM / all,
    IMPLICATION: counts.IMPLICATION / all,
    NEED_PAYOFF: counts.NEED_PAYOFF / all,
  };
}

export const spinEvidence = (questions: readonly SpinQuestion[]) =>
  questions.map(({ turn, quote, quadrant }) => ({ turn, quote, part: quadrant }));

/** The hosts' questions by quadrant; no question is an answer, too. */
export const spinDistribution: LocalResponder<'SPIN_DISTRIBUTION'> = {
  type: 'SPIN_DISTRIBUTION',
  version: '1',
  answer: async ({ reading }) => {
    const { parsed } = reading;
    const questions = await spinQuestions(parsed);
    const counts = countByQuadrant(questions);
    return {
      answer: {
        type: 'SPIN_DISTRIBUTION',
        counts,
        shares: sharesOf(counts),
        questions: questions.map(({ turn, quadrant }) => ({ turn, quadrant })),
      },
      rationale: `Of ${questions.length} questions by which the hosts wanted to learn something, ${counts.SITUATION} are about the situation, ${counts.PROBLEM} about problems, ${counts.IMPLICATION} about what follows from them and ${counts.NEED_PAYOFF} about what a solution is worth.`,
      confidence: questions.length > 0 ? 0.7 : 0.5,
      evidence: spinEvidence(questions),
    };
  },
};
