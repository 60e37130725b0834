import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { cuesOf } from './sentence-cues.js';

const weights = {
  host: 0.25,
  hostRepeats: 1,
  question: 0.6,
  asked: 2.2,
  thread: 1.4,
  told: 2,
  denied: 0.2,
  opening: 1.4,
};

/** Customers say what they come for in their first words. */
const openingTurns = 2;
/** Replies after that which still speak of the reason. */
const threadTurns = 3;

function manner(sentence: SpokenSentence): number {
  const said = actsOf(sentence);
  if (cuesOf(sentence).has('REASON_TOLD')) return weights.told;
  if (said.has('PROBLEM') || said.has('CONCERN')) return 1.3;
  return said.has('WISH') || said.has('EMPHASIS') ? 1.15 : 0.8;
}

function weigh(reading: Reading): number[] {
  const { turns } = reading.parsed;
  let [wasAsked, thread, customerTurns] = [false, 0, 0];
  return turns.flatMap(({ role, sentences }) => {
    if (role === 'HOST') {
      if (sentences.some((one) => one.isQuestion && cuesOf(one).has('REASON_ASKED')))
        [wasAsked, thread] = [true, threadTurns];
      return sentences.map((one) =>
        cuesOf(one).has('REPEATED') && !one.isQuestion ? weights.hostRepeats : weights.host,
      );
    }
    if (sentences.length > 0) customerTurns += 1;
    const place =
      (wasAsked ? weights.asked : thread > 0 ? weights.thread : 1) *
      (customerTurns <= openingTurns ? weights.opening : 1);
    // A denial takes back what was said before it in the turn, and not what follows: "not that; it is the noise".
    const lastDenial = sentences.findLastIndex((one) => cuesOf(one).has('EASE') && !cuesOf(one).has('REASON_TOLD'));
    if (sentences.reduce((words, { tokens }) => words + tokens.length, 0) > 4 || !wasAsked)
      [wasAsked, thread] = [false, thread - 1];
    return sentences.map(
      (one, at) =>
        place * manner(one) * (at <= lastDenial ? weights.denied : 1) * (one.isQuestion ? weights.question : 1),
    );
  });
}

const known = new WeakMap<Reading, readonly number[]>();

/**
 * How much each sentence tells of what the conversation is about, by its position: what customers give as their reason,
 * trouble or wish much, what hosts say little, and what is said to be no trouble next to nothing.
 */
export function voicesOf(reading: Reading): readonly number[] {
  const weighed = known.get(reading) ?? weigh(reading);
  known.set(reading, weighed);
  return weighed;
}

const tellsTrouble = (sentence: SpokenSentence): boolean =>
  (['PROBLEM', 'CONCERN', 'WISH'] as const).some((act) => actsOf(sentence).has(act));

/** Fewer denials are chance. */
const fewestDenials = 3;

/** Whether customers say that there is no trouble at least as often as they tell of one. */
export function isAtEase({ parsed: { turns } }: Reading): boolean {
  const own = turns.filter(({ role }) => role !== 'HOST').map(({ sentences }) => sentences);
  const isDenial = (sentences: readonly SpokenSentence[]): boolean => sentences.some((one) => cuesOf(one).has('EASE'));
  const denials = own.filter(isDenial).length;
  const troubles = own.filter((sentences) => !isDenial(sentences) && sentences.some(tellsTrouble)).length;
  return denials >= fewestDenials && denials >= troubles;
}
