import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { actFit } from './act-fit.js';
import type { Ask } from './ask.js';
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

/** What stands next to a sentence and may hold what is required: its turn, and the reply to what it asks. */
function requiredText(reading: Reading, sentence: SpokenSentence): string[] {
  const own = reading.parsed.turns[sentence.turn]?.sentences ?? [];
  const near = own.filter(({ position }) => Math.abs(position - sentence.position) <= 1);
  return [sentence, ...near].map(({ text }) => text);
}

function isMet(reading: Reading, requirement: Requirement, sentence: SpokenSentence): boolean {
  if (requirement.kind === 'AT_END') return placeOf(reading, sentence) >= 0.65;
  if (requirement.kind === 'AT_START') return placeOf(reading, sentence) <= 0.25;
  const before = reading.parsed.turns[sentence.turn - 1]?.text ?? '';
  const texts = requiredText(reading, sentence);
  return [...texts, ...(requirement.kind === 'COMPARISON' ? [before] : [])].some((text) => isSaid(requirement, text));
}

/** Whether a sentence stands in a reply that begins with a no, or with not knowing. */
function isAnsweredOpen(reading: Reading, sentence: SpokenSentence): boolean {
  const [first] = reading.parsed.turns[sentence.turn]?.sentences ?? [];
  const asked = reading.parsed.turns[sentence.turn - 1]?.sentences.some(({ isQuestion }) => isQuestion) ?? false;
  if (!asked || first === undefined) return false;
  return (
    [first, sentence].some((one) => actsOf(one).has('UNSURE')) ||
    (actsOf(first).has('REJECT') && !actsOf(first).has('ACCEPT'))
  );
}

/** Sentences about the topic, and the replies to questions about it. */
function candidates(reading: Reading, ask: Ask): SpokenSentence[] {
  const hits = reading.index.search(ask.topic.concepts, searchLimit).map(({ sentence }) => sentence);
  const all = new Map<number, SpokenSentence>();
  for (const sentence of hits) {
    all.set(sentence.position, sentence);
    for (const reply of replyTo(reading, sentence.turn).slice(0, 3)) all.set(reply.position, reply);
  }
  return [...all.values()].filter((sentence) => isRightSide(ask, sentence));
}

function scoreOf(reading: Reading, ask: Ask, sentence: SpokenSentence): Support {
  const covered = coverage(ask.topic, presenceAt(reading, sentence));
  const required =
    ask.requirements.length === 0
      ? 1
      : ask.requirements.filter((one) => isMet(reading, one, sentence)).length / ask.requirements.length;
  const isOpen = (ask.act === 'STATE' || ask.act === 'AGREE') && isAnsweredOpen(reading, sentence);
  const score =
    (isOpen ? 0.5 : 1) * covered * (0.3 + 0.7 * actFit(ask.act, sentence)) * (required === 1 ? 1 : 0.35 * required);
  return { sentence, score, coverage: covered };
}

/** Sentences that support what is asked, the best first. */
export function supportFor(reading: Reading, ask: Ask): Support[] {
  return candidates(reading, ask)
    .map((sentence) => scoreOf(reading, ask, sentence))
    .sort((left, right) => right.score - left.score || left.sentence.position - right.sentence.position);
}
