import { spinQuadrants, type SpinQuadrant } from '@harmony/contracts';
import type { QuestionsAtom } from '../atoms/atoms.js';
import { countWhere, share, type Counted } from '../tally.js';

export interface QuadrantQuestions {
  readonly quadrant: SpinQuadrant;
  /** That hosts asked. */
  readonly questions: number;
  /** Of all questions. */
  readonly share: number | null;
}

export interface SpinDistributionFigures {
  readonly type: 'SPIN_DISTRIBUTION';
  readonly questions: number;
  readonly quadrants: readonly QuadrantQuestions[];
}

export interface QuadrantNeglect {
  readonly quadrant: SpinQuadrant;
  /** Whose hosts neglected it. */
  readonly conversations: number;
  /** Of the answers. */
  readonly share: number | null;
}

export interface SpinImprovementFigures {
  readonly type: 'SPIN_IMPROVEMENT';
  readonly neglected: readonly QuadrantNeglect[];
}

export function spinDistributionFigures(atoms: readonly Counted<QuestionsAtom>[]): SpinDistributionFigures {
  const of = (quadrant: SpinQuadrant): number =>
    atoms.reduce((sum, { value, count }) => sum + (value.quadrant === quadrant ? value.questions * count : 0), 0);
  const questions = spinQuadrants.reduce((sum, quadrant) => sum + of(quadrant), 0);
  const quadrants = spinQuadrants.map((quadrant) => {
    const count = of(quadrant);
    return { quadrant, questions: count, share: share(count, questions) };
  });
  return { type: 'SPIN_DISTRIBUTION', questions, quadrants };
}

export const spinImprovementFigures = (
  atoms: readonly Counted<SpinQuadrant>[],
  answered: number,
): SpinImprovementFigures => ({
  type: 'SPIN_IMPROVEMENT',
  neglected: spinQuadrants.map((quadrant) => {
    const conversations = countWhere(atoms, (weakest) => weakest === quadrant);
    return { quadrant, conversations, share: share(conversations, answered) };
  }),
});
