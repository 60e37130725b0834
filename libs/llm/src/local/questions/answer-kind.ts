import { actsOf, type Act } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import { isPersonWord } from '../language/kinds.js';
import { momentsIn } from '../language/moments.js';
import { namesIn } from '../language/names.js';
import { roleWords } from '../language/lexicon/name-words.js';
import { isSaid } from './requirements.js';

/** What a question wants to hear. */
export type AnswerKind = 'PERSON' | 'TIME' | 'MONEY' | 'FIGURE' | 'DURATION' | 'NAME' | 'REASON' | 'ANY';

const kinds: readonly (readonly [AnswerKind, RegExp])[] = [
  [
    'PERSON',
    /^\W*(?:(?:from|by|with|to|for) )?(?:who|whom|whose)\b|\bwhich (?:person|people|manager|role|colleague|individual)\b|\bname of the (?:person|contact|manager|decision)/iu,
  ],
  ['DURATION', /\bhow long\b|\b(?:what|which) (?:term|duration|notice period|contract length)\b/iu],
  [
    'MONEY',
    /\bhow much (?:money|does|do|did|is|are|would|will|can|could|may|might|should|budget|was|were|has|have)\b|\bhow expensive\b|\bat (?:what|which) (?:price|rate|cost)\b|\b(?:what|which) (?:\w+ ){0,3}(?:price|cost|budget|fee|amount|rent|premium|salary|sum|spend|ceiling|limit|maximum)\b/iu,
  ],
  [
    'FIGURE',
    /\bhow (?:many|much|large|big|often|far)\b|\bwhat (?:\w+ ){0,2}(?:number|percentage|share|size|volume|quantity)\b/iu,
  ],
  [
    'TIME',
    /\bwhen\b|\b(?:what|which) (?:\w+ ){0,2}(?:date|day|deadline|time|month|timeline)\b|\bby what\b|\bhow soon\b|\b(?:in|on|from|by) (?:what|which) (?:week|month|quarter|year|season|weekday|day)\b/iu,
  ],
  [
    'REASON',
    /\bwhy\b|\bhow come\b|\bwhat (?:has |had )?(?:made|makes|caused|causes|led|leads|brought|brings|prompted|triggered|drove|drives|went wrong|is wrong|was wrong|bothers|troubles|annoys|annoyed|worries)\b|\b(?:what|which) (?:\w+ ){0,2}(?:reason|cause|motive|objection|concern|worry|problem)s?\b/iu,
  ],
  [
    'NAME',
    /\b(?:what|which) (?:\w+ ){0,3}(?:company|supplier|vendor|provider|competitor|system|software|tool|product|brand|model|firm|bank|insurer|school|city|location|place|platform|carrier)s?\b|\bwhere\b/iu,
  ],
];

/** What a question wants to hear, by its words. */
export const answerKindOf = (question: string): AnswerKind =>
  kinds.find(([, pattern]) => pattern.test(question))?.[0] ?? 'ANY';

const pronouns =
  /\b(?:that's me|that is me|i (?:decide|sign|approve)|it's me|my (?:decision|call|signature|name)|just me|only me|me alone|myself|up to me|with me)\b/iu;

const bodies = /^(?:board|committee|council|headquarters|procurement|trustees|partners|owners|wife|husband|parents)$/u;

/** "Our night porter", "my brother": somebody who is told by what he is. */
const isTold = ({ tokens }: SpokenSentence): boolean =>
  tokens.some(
    ({ tag, lemma }, at) =>
      tag === 'NOUN' &&
      isPersonWord(lemma) &&
      tokens.slice(Math.max(0, at - 3), at).some(({ lower }) => /^(?:my|our|his|her|the|old)$/u.test(lower)),
  );

/** Whether a sentence names somebody: by role, by a name that is none of the other side's, or the speaker. */
export function namesSomebody(sentence: SpokenSentence, others: ReadonlySet<string>): boolean {
  const { tokens, text } = sentence;
  if (pronouns.test(text) || tokens.some(({ lower }) => roleWords.has(lower) || bodies.test(lower))) return true;
  if (isTold(sentence)) return true;
  return namesIn(tokens, text).some((name) => !name.text.split(' ').every((word) => others.has(word)));
}

const span = /\b(?:days?|weeks?|months?|years?|hours?|minutes?)\b/iu;
const reason =
  /\b(?:because|since|so that|reason|due to|that's why|the (?:problem|thing|point|issue) (?:is|was)|need|want|too)\b/iu;

/** What a sentence is worth that lacks what is usually, but not always there. */
const without = { NAME: 0.4, REASON: 0.6 };

type Fit = (sentence: SpokenSentence, others: ReadonlySet<string>) => number;
const either = (test: (sentence: SpokenSentence, others: ReadonlySet<string>) => boolean, otherwise = 0): Fit => {
  return (sentence, others) => (test(sentence, others) ? 1 : otherwise);
};

const fits: Readonly<Record<AnswerKind, Fit>> = {
  PERSON: either(namesSomebody),
  NAME: either(({ tokens, text }) => namesIn(tokens, text).length > 0, without.NAME),
  TIME: either(({ text }) => momentsIn(text).some(({ kind }) => kind !== 'CLOCK')),
  DURATION: either(({ text }) => span.test(text)),
  MONEY: either(({ text }) => isSaid({ kind: 'MONEY' }, text)),
  FIGURE: either(({ text }) => isSaid({ kind: 'FIGURE' }, text)),
  REASON: either(
    (sentence) => reason.test(sentence.text) || trouble.some((act) => actsOf(sentence).has(act)),
    without.REASON,
  ),
  ANY: () => 1,
};

const trouble: readonly Act[] = ['PROBLEM', 'CONCERN'];

/** How well a sentence can answer, 0 to 1; `others` are names of those who are not asked about. */
export const kindFit = (kind: AnswerKind, sentence: SpokenSentence, others: ReadonlySet<string>): number =>
  fits[kind](sentence, others);
