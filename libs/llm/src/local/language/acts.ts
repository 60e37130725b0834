import * as cues from './lexicon/act-cues.js';
import type { SpokenSentence } from './conversation.js';

/** What somebody does by saying a sentence. A sentence may do several things. */
export const acts = [
  'ACCEPT',
  'REJECT',
  'REQUEST',
  'PROPOSE',
  'PROMISE',
  'CONCERN',
  'PROBLEM',
  'PRAISE',
  'WISH',
  'SUMMARISE',
  'APOLOGISE',
  'THANK',
  'GREET',
  'INTRODUCE',
  'UNSURE',
  'HYPOTHESIS',
  'PAST',
  'EMPHASIS',
  'SHOW',
  'JOKE',
] as const;
export type Act = (typeof acts)[number];

const known = new WeakMap<SpokenSentence, ReadonlySet<Act>>();

const patterns: Readonly<Record<Act, RegExp>> = {
  ACCEPT: cues.accept,
  REJECT: cues.reject,
  REQUEST: cues.request,
  PROPOSE: cues.propose,
  PROMISE: cues.promise,
  CONCERN: cues.concern,
  PROBLEM: cues.problem,
  PRAISE: cues.praise,
  WISH: cues.wish,
  SUMMARISE: cues.summarise,
  APOLOGISE: cues.apologise,
  THANK: cues.thank,
  GREET: cues.greet,
  INTRODUCE: cues.introduce,
  UNSURE: cues.unsure,
  HYPOTHESIS: cues.hypothesis,
  PAST: cues.past,
  EMPHASIS: cues.emphasis,
  SHOW: cues.show,
  JOKE: cues.joke,
};

/** Longer sentences are judged by their beginning: patterns cost more than a sentence is long. */
const maximumLength = 500;

const straight = (text: string): string => text.slice(0, maximumLength).replaceAll('’', "'").toLowerCase();

/** Acts that a text performs, by the cues of English. */
export function actsOfText(text: string): ReadonlySet<Act> {
  const plain = straight(text);
  return new Set(acts.filter((act) => patterns[act].test(plain)));
}

/** Acts of a sentence, read once. */
export function actsOf(sentence: SpokenSentence): ReadonlySet<Act> {
  const read = known.get(sentence) ?? actsOfText(sentence.text);
  known.set(sentence, read);
  return read;
}

/** Whether what the sentence says is said of not being so. */
export const isNegated = ({ text }: Pick<SpokenSentence, 'text'>): boolean => cues.negation.test(straight(text));
