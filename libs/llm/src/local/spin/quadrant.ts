import type { SpinQuadrant } from '@harmony/contracts';
import { asksOutcome, better, consequence, payoff, satisfaction, trouble, worse } from './quadrant-cues.js';

/** Whether a question takes a better world for granted: "if you could see it on Monday, what would you do?" */
const imaginesBetter = (question: string): boolean =>
  asksOutcome.test(question) && better.test(question) && !worse.test(question);

/**
 * Which quadrant a question of the host belongs to: by what it asks for, whatever the customer makes of it. What
 * asks for plain facts is a question about the situation.
 */
export function quadrantOf(question: string): SpinQuadrant {
  if (imaginesBetter(question)) return 'NEED_PAYOFF';
  if (payoff.test(question) && !(worse.test(question) && consequence.test(question))) return 'NEED_PAYOFF';
  if (consequence.test(question)) return 'IMPLICATION';
  return trouble.test(question) || satisfaction.test(question) ? 'PROBLEM' : 'SITUATION';
}

/** Asks more about something that was named before. */
const digsDeeper =
  /\b(?:how (?:often|many|much|long|bad|regular)|why|since when|when did|when does|where does|what causes|who notices)\b.*\b(?:that|this|those|these|it|them|they)\b/i;

/** The quadrant of a question that leans on what was said before it. */
export function quadrantAfter(question: string, before: string): SpinQuadrant {
  const own = quadrantOf(question);
  return own === 'SITUATION' && digsDeeper.test(question) && trouble.test(before) ? 'PROBLEM' : own;
}
