import { actsOf, isNegated, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Ask } from './ask.js';
import type { AskedAct } from './ask-words.js';

/** Acts by which somebody does what is asked; the first are the clearest. */
const performing: Readonly<Record<AskedAct, readonly Act[]>> = {
  REQUEST: ['REQUEST', 'WISH'],
  QUESTION: [],
  AGREE: ['ACCEPT'],
  REFUSE: ['REJECT'],
  CONCERN: ['CONCERN', 'REJECT', 'PROBLEM'],
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
  /\b(?:not|n't|no|never|nothing|isn't|aren't|wasn't|without|hardly|zero)\b[^.,;]{0,25}\b(?:worr\w+|concern\w*|issues?|problems?|afraid|nervous|doubts?|complain\w*|objections?|risks?|trouble|fear\w*|bother\w*)\b|\b(?:happy|fine|comfortable|relaxed) (?:with|about)\b|\b(?:don't|doesn't|do not|never|not|dont) (?:really |personally )?(?:mind|care|los(?:e|ing) (?:any )?sleep)\b/iu;

/** Acts that are also done by asking. */
const byAsking: ReadonlySet<AskedAct> = new Set(['REQUEST', 'OFFER', 'CONCERN', 'SHOW', 'SUMMARISE', 'INTRODUCE']);

/** What a sentence is worth without any cue of the act. */
const uncued = 0.15;

/** What is said not to be so may still be established; it is no yes to whether it is so. */
function stating(sentence: SpokenSentence, isPolar: boolean): number {
  if (sentence.isQuestion) return 0.35;
  if (!isNegated(sentence)) return 1;
  return isPolar ? 0.45 : 0.8;
}

/** Whether somebody tells of the deed by its own verb: "the budget is approved". */
const isTold = (deed: string | null, sentence: SpokenSentence): boolean =>
  deed !== null && !isNegated(sentence) && sentence.tokens.some(({ stem }) => stem === deed);

function performed(act: AskedAct, sentence: SpokenSentence): number {
  const said = actsOf(sentence);
  if (act === 'CONCERN' && calm.test(sentence.text)) return 0;
  const at = performing[act].findIndex((one) => said.has(one));
  return at === -1 ? uncued : ([1, 0.7][at] ?? 0.45);
}

/** How clearly a sentence does what is asked, 0 to 1. */
export function actFit(
  { act, deed, isPolar }: Pick<Ask, 'act' | 'deed' | 'isPolar'>,
  sentence: SpokenSentence,
): number {
  if (act === 'STATE') return stating(sentence, isPolar);
  if (act === 'QUESTION') return sentence.isQuestion ? 1 : uncued;
  const isAgainst = (against[act] ?? []).some((one) => actsOf(sentence).has(one));
  const isAsked = sentence.isQuestion && !byAsking.has(act);
  const done = act === 'AGREE' && isTold(deed, sentence) ? 1 : performed(act, sentence);
  return done * (isAgainst ? 0.3 : 1) * (isAsked ? 0.4 : 1);
}
