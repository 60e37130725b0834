import type { SpokenSentence } from '../language/conversation.js';
import { groupsOf } from '../language/concepts.js';
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

/** How present concepts are, 0 to 1, each with the word that says it. */
export type Presence = (concept: string) => readonly { readonly word: string; readonly weight: number }[];

const saidBy = new WeakMap<SpokenSentence, ReadonlyMap<string, ReadonlySet<string>>>();

/** The concepts of a sentence, with the stems that stand for them; idioms stand for themselves. */
function wordsBehind(reading: Reading, sentence: SpokenSentence): ReadonlyMap<string, ReadonlySet<string>> {
  const known = saidBy.get(sentence);
  if (known !== undefined) return known;
  const behind = new Map<string, Set<string>>();
  for (const concept of reading.index.conceptsAt(sentence.position)) behind.set(concept, new Set());
  for (const { stem } of sentence.tokens) {
    for (const concept of [stem, ...groupsOf(stem)]) behind.get(concept)?.add(stem);
  }
  for (const [concept, words] of behind) if (words.size === 0) words.add(concept);
  saidBy.set(sentence, behind);
  return behind;
}

/** Whether concepts are present in a sentence itself. */
export const presenceIn =
  (reading: Reading, sentence: SpokenSentence): Presence =>
  (concept) =>
    [...(wordsBehind(reading, sentence).get(concept) ?? [])].map((word) => ({ word, weight: 1 }));

/** How present concepts are in and around a sentence; right beside it only, where that is wanted. */
export function presenceAt(reading: Reading, sentence: SpokenSentence, isTight = false): Presence {
  const around = windowOf(reading, sentence).filter(({ sentence: other }) => !isTight || isBeside(sentence, other));
  const neighbours = around
    .map(({ sentence: other, weight }) => ({ behind: wordsBehind(reading, other), weight }))
    .sort((left, right) => right.weight - left.weight);
  return (concept) =>
    neighbours.flatMap(({ behind, weight }) => [...(behind.get(concept) ?? [])].map((word) => ({ word, weight })));
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
