import { actsOf, isNegated, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { AskedAct } from './ask-words.js';

/** Acts by which somebody does what is asked; the first are the clearest. */
const performing: Readonly<Record<AskedAct, readonly Act[]>> = {
  REQUEST: ['REQUEST', 'WISH'],
  QUESTION: [],
  AGREE: ['ACCEPT'],
  REFUSE: ['REJECT'],
  CONCERN: ['CONCERN', 'PROBLEM', 'REJECT'],
  OFFER: ['PROPOSE', 'PROMISE'],
  PROMISE: ['PROMISE'],
  SUMMARISE: ['SUMMARISE'],
  SHOW: ['SHOW'],
  INTRODUCE: ['INTRODUCE', 'GREET'],
  APOLOGISE: ['APOLOGISE'],
  THANK: ['THANK'],
  PRAISE: ['PRAISE'],
  THREATEN: ['REJECT', 'HYPOTHESIS', 'CONCERN'],
  WISH: ['WISH', 'REQUEST'],
  STATE: [],
};

/** What speaks against it in the same sentence. */
const against: Readonly<Partial<Record<AskedAct, readonly Act[]>>> = {
  REQUEST: ['REJECT'],
  AGREE: ['REJECT', 'UNSURE'],
  OFFER: ['REJECT'],
  PROMISE: ['REJECT', 'UNSURE'],
  PRAISE: ['REJECT'],
  WISH: ['REJECT'],
};

/** "not worried", "no issue": a concern that is said not to be there. */
const calm =
  /\b(?:not|n't|no|never|nothing|isn't|aren't|wasn't|without|hardly|zero)\b[^.,;]{0,25}\b(?:worr\w+|concern\w*|issues?|problems?|afraid|nervous|doubts?|complain\w*|objections?|risks?|trouble|fear\w*|bother\w*)\b|\b(?:happy|fine|comfortable|relaxed) (?:with|about)\b|\bdon't mind\b|\bin (?:his|her|my|their) sleep\b/iu;

/** How clearly a sentence does what is asked, 0 to 1. */
export function actFit(act: AskedAct, sentence: SpokenSentence): number {
  if (act === 'STATE') return sentence.isQuestion ? 0.35 : isNegated(sentence) ? 0.8 : 1;
  if (act === 'QUESTION') return sentence.isQuestion ? 1 : 0.15;
  const said = actsOf(sentence);
  const isCalm = act === 'CONCERN' && calm.test(sentence.text);
  const at = performing[act].findIndex((one) => said.has(one));
  const fit = at === -1 ? 0.15 : isCalm ? 0 : ([1, 0.75, 0.5][at] ?? 0.5);
  const isAgainst = (against[act] ?? []).some((one) => said.has(one));
  const isAsked =
    sentence.isQuestion && !['REQUEST', 'OFFER', 'CONCERN', 'SHOW', 'SUMMARISE', 'INTRODUCE'].includes(act);
  return fit * (isAgainst ? 0.3 : 1) * (isAsked ? 0.4 : 1);
}
