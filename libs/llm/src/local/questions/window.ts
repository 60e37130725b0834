import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';

/** How much of what stands around a sentence belongs to it. */
const nearness = { own: 1, sameTurn: 0.7, askedBefore: 0.8, before: 0.45, after: 0.35 };

/** Sentences of a turn that count as around; long turns speak of many things. */
/** A turn of so few words does not part a question from its answer. */
const briefTurn = 8;
const turnReach = 5;
const reach = 2;

interface Neighbour {
  readonly sentence: SpokenSentence;
  readonly weight: number;
}

const turnAt = (reading: Reading, turn: number): readonly SpokenSentence[] =>
  reading.parsed.turns[turn]?.sentences ?? [];

/** A sentence and what stands around it: its turn, what came before, and the reply. */
export function windowOf(reading: Reading, sentence: SpokenSentence): Neighbour[] {
  const same = turnAt(reading, sentence.turn)
    .filter(({ position }) => position !== sentence.position && Math.abs(position - sentence.position) <= turnReach)
    .map((other) => ({ sentence: other, weight: nearness.sameTurn }));
  const previous = turnAt(reading, sentence.turn - 1);
  const isBrief = previous.reduce((words, { tokens }) => words + tokens.length, 0) <= briefTurn;
  const before = [...(isBrief ? turnAt(reading, sentence.turn - 2).slice(-reach) : []), ...previous.slice(-reach)].map(
    (other) => ({ sentence: other, weight: other.isQuestion ? nearness.askedBefore : nearness.before }),
  );
  const after = turnAt(reading, sentence.turn + 1)
    .slice(0, reach)
    .map((other) => ({ sentence: other, weight: nearness.after }));
  return [{ sentence, weight: nearness.own }, ...same, ...before, ...after];
}

/** A figure or a date belongs to what is said right beside it, or to what was asked. */
const isBeside = (sentence: SpokenSentence, other: SpokenSentence): boolean =>
  other.turn === sentence.turn
    ? Math.abs(other.position - sentence.position) <= 1
    : other.turn < sentence.turn && other.isQuestion;

/** How present a concept is in and around a sentence, 0 to 1; right beside it only, where that is wanted. */
export function presenceAt(reading: Reading, sentence: SpokenSentence, isTight = false): (concept: string) => number {
  const around = windowOf(reading, sentence).filter(({ sentence: other }) => !isTight || isBeside(sentence, other));
  const neighbours = around.map(({ sentence: { position }, weight }) => ({
    concepts: reading.index.conceptsAt(position),
    weight,
  }));
  return (concept) => {
    let best = 0;
    for (const { concepts, weight } of neighbours) if (weight > best && concepts.has(concept)) best = weight;
    return best;
  };
}

/** The sentences that answer what was asked in a turn: the next turn of somebody else. */
export function replyTo(reading: Reading, turn: number): readonly SpokenSentence[] {
  const { turns } = reading.parsed;
  const speaker = turns[turn]?.speaker;
  for (let at = turn + 1; at < turns.length && at <= turn + 3; at += 1) {
    const next = turns[at];
    if (next !== undefined && next.speaker !== speaker && next.sentences.length > 0) return next.sentences;
  }
  return [];
}

/** Where in the conversation a sentence stands: 0 is its beginning, 1 its end. */
export const placeOf = ({ parsed }: Reading, { turn }: SpokenSentence): number =>
  turn / Math.max(1, parsed.turns.length - 1);
