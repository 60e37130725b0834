import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { actFit } from './act-fit.js';
import type { Ask } from './ask.js';
import { countFit } from './count-fit.js';
import { isSaid, type Requirement } from './requirements.js';
import { coverage } from './topic.js';
import { placeOf, presenceAt, replyTo } from './window.js';

/** How well a sentence shows that what is asked was done, 0 to 1. */
export interface Support {
  readonly sentence: SpokenSentence;
  readonly score: number;
  readonly coverage: number;
}

/** Sentences that are looked at; the rest share too few words with what is asked. */
const searchLimit = 80;

const isRightSide = ({ side }: Ask, { role }: SpokenSentence): boolean =>
  side === null || side === 'BOTH' || role === null || role === side;

/** What a requirement is worth, by where it is met: in the sentence, next to it, or nowhere. */
const [within, besides] = [1, 0.7];

/** Sentences beside one, of its turn. */
const beside = (reading: Reading, { turn, position }: SpokenSentence, reach: number): SpokenSentence[] =>
  (reading.parsed.turns[turn]?.sentences ?? []).filter(
    (other) => other.position !== position && Math.abs(other.position - position) <= reach,
  );

/** Whether what is required is said beside a sentence; what is compared may stand in the turn before it. */
function isBesides(reading: Reading, requirement: Requirement, sentence: SpokenSentence): boolean {
  const before = requirement.kind === 'COMPARISON' ? [reading.parsed.turns[sentence.turn - 1]?.text ?? ''] : [];
  return [...beside(reading, sentence, 1).map(({ text }) => text), ...before].some((text) => isSaid(requirement, text));
}

/** How well a requirement is met by a sentence, 0 to 1. */
function meeting(reading: Reading, { counted }: Ask, requirement: Requirement, sentence: SpokenSentence): number {
  switch (requirement.kind) {
    case 'AT_END':
      return placeOf(reading, sentence) >= 0.65 ? 1 : 0;
    case 'AT_START':
      return placeOf(reading, sentence) <= 0.25 ? 1 : 0;
    default:
      if (requirement.kind === 'FIGURE' && counted !== null) return countFit(reading, counted, sentence);
      if (isSaid(requirement, sentence.text)) return within;
      return isBesides(reading, requirement, sentence) ? besides : 0;
  }
}

/** Whether a sentence stands in a reply that begins with a no, or with not knowing. */
function isAnsweredOpen(reading: Reading, sentence: SpokenSentence): boolean {
  const [first] = reading.parsed.turns[sentence.turn]?.sentences ?? [];
  const asked = reading.parsed.turns[sentence.turn - 1]?.sentences.some(({ isQuestion }) => isQuestion) ?? false;
  if (!asked || first === undefined) return false;
  return (
    [first, sentence].some((one) => actsOf(one).has('UNSURE')) ||
    (actsOf(first).has('REJECT') && !actsOf(first).has('ACCEPT')) ||
    /^(?:none|nothing|nobody|no one)\b/iu.test(first.text)
  );
}

/** What an act is worth when nothing says what it is about. */
const bare = 0.5;
const mostOfBare = 400;

/** Sentences about the topic, and the replies to questions about it. */
function candidates(reading: Reading, ask: Ask): SpokenSentence[] {
  if (ask.topic.slots.length === 0) {
    return reading.parsed.sentences.filter((sentence) => isRightSide(ask, sentence)).slice(0, mostOfBare);
  }
  const hits = reading.index.search(ask.topic.concepts, searchLimit).map(({ sentence }) => sentence);
  const all = new Map<number, SpokenSentence>();
  for (const sentence of hits) {
    all.set(sentence.position, sentence);
    for (const reply of replyTo(reading, sentence.turn).slice(0, 3)) all.set(reply.position, reply);
  }
  return [...all.values()].filter((sentence) => isRightSide(ask, sentence));
}

/** A sentence counts in full when it, or the question that it answers, has words of the topic itself. */
function isOnTopic(reading: Reading, { topic }: Ask, sentence: SpokenSentence): boolean {
  const before = reading.parsed.turns[sentence.turn - 1]?.sentences ?? [];
  const asked = before.some(({ isQuestion }) => isQuestion) ? before : [];
  const positions = [sentence, ...asked].map(({ position }) => position);
  return positions.some((position) =>
    [...reading.index.conceptsAt(position)].some((concept) => topic.concepts.has(concept)),
  );
}

/** Whether a figure or a date is wanted, which has to be that of the topic. */
const isPrecise = ({ requirements }: Ask): boolean =>
  requirements.some(({ kind }) => kind !== 'AT_END' && kind !== 'AT_START' && kind !== 'COMPARISON');

/** An act may be told in the sentence beside: "Then yes. Three years."; who is unsure beside it has agreed to nothing. */
function actNear(reading: Reading, ask: Ask, sentence: SpokenSentence): number {
  const { act } = ask;
  const own = actFit(ask, sentence);
  if (act === 'STATE' || act === 'QUESTION') return own;
  const near = beside(reading, sentence, 2);
  const fit = Math.max(own, ...near.map((other) => 0.85 * actFit(ask, other)));
  const isOpen = act === 'AGREE' && near.some((other) => actsOf(other).has('UNSURE') || actsOf(other).has('REJECT'));
  return isOpen ? fit / 2 : fit;
}

function scoreOf(reading: Reading, ask: Ask, sentence: SpokenSentence): Support {
  const isBare = ask.topic.slots.length === 0;
  const found = isBare ? bare : coverage(ask.topic, presenceAt(reading, sentence, isPrecise(ask)));
  const met = ask.requirements.map((one) => meeting(reading, ask, one, sentence));
  const required = met.length === 0 ? 1 : met.reduce((sum, one) => sum + one, 0) / met.length;
  const isCompared = ask.requirements.some(({ kind }, at) => kind === 'COMPARISON' && (met[at] ?? 0) > 0);
  const covered = isCompared ? (1 + found) / 2 : found;
  const isLeftOpen = (ask.act === 'STATE' || ask.act === 'AGREE') && isAnsweredOpen(reading, sentence);
  const score =
    covered *
    (0.3 + 0.7 * actNear(reading, ask, sentence)) *
    (met.includes(0) ? 0.35 * required : required) *
    (isLeftOpen ? 0.5 : 1) *
    (isBare || isOnTopic(reading, ask, sentence) ? 1 : 0.5);
  return { sentence, score, coverage: covered };
}

/** Sentences that support what is asked, the best first. */
export function supportFor(reading: Reading, ask: Ask): Support[] {
  return candidates(reading, ask)
    .map((sentence) => scoreOf(reading, ask, sentence))
    .sort((left, right) => right.score - left.score || left.sentence.position - right.sentence.position);
}
