import { spinQuadrants, type SpinQuadrant } from '@harmony/contracts';
import type { ParsedConversation } from '../language/conversation.js';
import { hostQuestions, type HostQuestion } from './host-questions.js';
import { quadrantAfter } from './quadrant.js';

export interface SpinQuestion {
  readonly turn: number;
  readonly quadrant: SpinQuadrant;
  readonly quote: string;
}

/** How many turns a question may lie back that another goes on with. */
const reach = 4;

function quadrantInContext(question: HostQuestion, previous: SpinQuestion | undefined): SpinQuadrant {
  const own = quadrantAfter(question.asked, question.before);
  const goesOn = question.isFollowUp && previous !== undefined && question.turn - previous.turn <= reach;
  return own === 'SITUATION' && goesOn ? previous.quadrant : own;
}

/**
 * The hosts' questions with their quadrants, one a turn and quadrant. A question about plain facts does not count
 * beside one of the same turn that goes deeper: it only leads up to it.
 */
export async function spinQuestions(parsed: ParsedConversation): Promise<SpinQuestion[]> {
  const byTurn = new Map<number, SpinQuestion[]>();
  let previous: SpinQuestion | undefined;
  for (const question of await hostQuestions(parsed)) {
    const found = { turn: question.turn, quadrant: quadrantInContext(question, previous), quote: question.quote };
    const others = byTurn.get(found.turn) ?? [];
    if (!others.some(({ quadrant }) => quadrant === found.quadrant)) byTurn.set(found.turn, [...others, found]);
    previous = found;
  }
  return [...byTurn.values()].flatMap((questions) => {
    const deeper = questions.filter(({ quadrant }) => quadrant !== 'SITUATION');
    return deeper.length > 0 ? deeper : questions;
  });
}

export function countByQuadrant(questions: readonly SpinQuestion[]): Record<SpinQuadrant, number> {
  const counts = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
  for (const { quadrant } of questions) counts[quadrant] += 1;
  return counts;
}

/** The quadrants with the fewest questions, in their order. */
export function weakestQuadrants(counts: Readonly<Record<SpinQuadrant, number>>): SpinQuadrant[] {
  const fewest = Math.min(...Object.values(counts));
  return spinQuadrants.filter((quadrant) => counts[quadrant] === fewest);
}
