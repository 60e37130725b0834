import type { Background } from '../../port.js';
import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { answerKindOf, kindFit, type AnswerKind } from './answer-kind.js';
import { parseAsk, type Ask } from './ask.js';
import { countFit } from './count-fit.js';
import { leadOf } from './lead-name.js';
import { coverage } from './topic.js';
import { presenceAt, presenceIn, replyTo } from './window.js';

/** Words of the conversation that answer a question. */
export interface FoundAnswer {
  /** The name that was asked for; empty where the words themselves say it. */
  readonly lead: string;
  readonly sentences: readonly SpokenSentence[];
  readonly score: number;
}

const searchLimit = 60;
/** Less than this is no answer. */
const threshold = 0.4;
const maximumSentences = 4;

interface Candidate {
  readonly sentence: SpokenSentence;
  readonly score: number;
}

const known = new WeakMap<Reading, ReadonlySet<string>>();

/** Words of the hosts' names: to be called by one's name is no answer. */
function hostNames(reading: Reading): ReadonlySet<string> {
  const names =
    known.get(reading) ??
    new Set(
      reading.conversation.voices.filter(({ role }) => role === 'HOST').flatMap(({ name }) => name?.split(' ') ?? []),
    );
  known.set(reading, names);
  return names;
}

function candidates(reading: Reading, { topic }: Ask): SpokenSentence[] {
  const all = new Map<number, SpokenSentence>();
  for (const { sentence } of reading.index.search(topic.concepts, searchLimit)) {
    const turn = reading.parsed.turns[sentence.turn];
    for (const near of [
      ...(turn?.sentences ?? []),
      ...(sentence.isQuestion ? replyTo(reading, sentence.turn) : []),
    ].slice(0, 12)) {
      all.set(near.position, near);
    }
  }
  return [...all.values()];
}

/** What a kind of answer is about when the question has no words of its own for it. */
const meant: Readonly<Partial<Record<AnswerKind, readonly string[]>>> = {
  MONEY: ['#price', '#budget', '#payment'],
  PERSON: ['#decide', '#approve', '#sign', '#owner'],
  TIME: ['#deadline', '#golive', '#timeline'],
};

function withKind(ask: Ask, kind: AnswerKind): Ask {
  const concepts = meant[kind];
  if (concepts === undefined || ask.topic.slots.length > 0) return ask;
  const strengths = new Map(concepts.map((concept) => [concept, 0.8] as const));
  return { ...ask, topic: { slots: [{ words: [], strengths, weight: 1 }], concepts: strengths } };
}

/** Kinds of which a sentence has one or has none. */
const precise = new Set<AnswerKind>(['MONEY', 'FIGURE', 'TIME', 'DURATION']);

function scoreOf(reading: Reading, ask: Ask, kind: AnswerKind, sentence: SpokenSentence): number {
  const around = coverage(ask.topic, presenceAt(reading, sentence, precise.has(kind)));
  const covered = Math.max(around, askedAlike(reading, ask, kind, sentence));
  const fit =
    kindFit(kind, sentence, hostNames(reading)) * (ask.counted === null ? 1 : countFit(reading, ask.counted, sentence));
  const voice =
    ask.side === null || ask.side === 'BOTH' || sentence.role === null || sentence.role === ask.side ? 1 : 0.5;
  const form = sentence.isQuestion ? 0.3 : 1;
  const doubt = doubtOf(reading, sentence);
  return covered * (0.25 + 0.75 * fit) * voice * form * doubt;
}

/** What a sentence is worth where the one who says it is unsure, and where the whole reply begins so. */
const doubted = { own: 0.7, reply: 0.4 };

function doubtOf(reading: Reading, sentence: SpokenSentence): number {
  const [first] = reading.parsed.turns[sentence.turn]?.sentences ?? [];
  if (first !== undefined && actsOf(first).has('UNSURE') && !first.isQuestion && first.tokens.length <= 4)
    return doubted.reply;
  return actsOf(sentence).has('UNSURE') ? doubted.own : 1;
}

/** From here on, a question of the conversation is of the matter; many figures are asked for, so more of it has to be there. */
const ofIt = { any: 0.2, figure: 0.5 };

/** How well the question before a sentence asks the same, 0 to 1: for the same kind of answer, about the matter. */
function askedAlike(reading: Reading, { topic }: Ask, kind: AnswerKind, sentence: SpokenSentence): number {
  const before = reading.parsed.turns[sentence.turn - 1];
  if (kind === 'ANY' || before === undefined || before.speaker === reading.parsed.turns[sentence.turn]?.speaker)
    return 0;
  const shares = before.sentences
    .filter(({ isQuestion, text }) => isQuestion && answerKindOf(text) === kind)
    .map((question) => coverage(topic, presenceIn(reading, question)));
  const best = Math.max(0, ...shares);
  return best < (kind === 'FIGURE' || kind === 'MONEY' ? ofIt.figure : ofIt.any) ? 0 : 0.5 + best / 2;
}

/** The best sentence, and what stands around it and helps: of its turn, or as good as it nearby. */
function passage(
  reading: Reading,
  best: SpokenSentence,
  ranked: readonly Candidate[],
  kind: AnswerKind,
): SpokenSentence[] {
  const own = reading.parsed.turns[best.turn]?.sentences ?? [];
  const good = new Set(
    ranked.filter(({ score }) => score >= (ranked[0]?.score ?? 0) * 0.7).map(({ sentence }) => sentence.position),
  );
  const near = own.filter(
    ({ position }) =>
      Math.abs(position - best.position) <= 1 || (good.has(position) && Math.abs(position - best.position) <= 4),
  );
  const next = replyTo(reading, best.turn).filter(
    (sentence) => good.has(sentence.position) && kindFit(kind, sentence, hostNames(reading)) === 1,
  );
  return [...near.slice(0, maximumSentences), ...next.slice(0, 2)].sort(
    (left, right) => left.position - right.position,
  );
}

/** The answer to a question in free words; undefined where nobody gave one. */
export function answerIn(reading: Reading, question: string, background: Background): FoundAnswer | undefined {
  const kind = answerKindOf(question);
  const ask = withKind(parseAsk(question, background, true), kind);
  const ranked = candidates(reading, ask)
    .map((sentence) => ({ sentence, score: scoreOf(reading, ask, kind, sentence) }))
    .sort((left, right) => right.score - left.score || left.sentence.position - right.sentence.position);
  const [best] = ranked;
  if (best === undefined || best.score < threshold) return undefined;
  const sentences = passage(reading, best.sentence, ranked, kind);
  return {
    lead: kind === 'PERSON' ? leadOf(reading, sentences, hostNames(reading)) : '',
    sentences,
    score: best.score,
  };
}
