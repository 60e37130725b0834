import type { Background } from '../../port.js';
import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { answerKindOf, kindFit, type AnswerKind } from './answer-kind.js';
import { parseAsk, type Ask } from './ask.js';
import { candidatesByKind, hostNames, membersOf, scoreByKind, type Wanted } from './answer-by-kind.js';
import { attuned } from './attune.js';
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
/** Another passage as good as this, against the best, is told too. */
const secondBest = 0.8;

interface Candidate {
  readonly sentence: SpokenSentence;
  readonly score: number;
}

function candidates(reading: Reading, ask: Ask, wanted: Wanted): SpokenSentence[] {
  const { topic } = ask;
  const all = new Map(candidatesByKind(reading, ask, wanted).map((sentence) => [sentence.position, sentence]));
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

/** Who announces himself at the beginning is not the answer to a question about somebody. */
const announced = 0.5;

const asksExtreme = /\b(?:largest|biggest|highest|greatest|worst|longest|most expensive)\b/iu;
const tellsExtreme =
  /\b(?:largest|biggest|highest|greatest|worst|longest|most|record|never (?:more|again|before)|big one|bad one)\b/iu;

/** Where the largest of several is asked for, a figure that is called so is worth more. */
function extremeOf(reading: Reading, { text }: Ask, kind: AnswerKind, { turn }: SpokenSentence): number {
  if (!precise.has(kind) || !asksExtreme.test(text)) return 1;
  const around = [turn - 1, turn].map((at) => reading.parsed.turns[at]?.text ?? '').join(' ');
  return tellsExtreme.test(around) ? 1.4 : 1;
}

function scoreOf(reading: Reading, ask: Ask, wanted: Wanted, sentence: SpokenSentence): number {
  const { kind } = wanted;
  const around = coverage(ask.topic, presenceAt(reading, sentence, precise.has(kind)));
  const covered = Math.max(around, askedAlike(reading, ask, kind, sentence));
  const fit =
    kindFit(kind, sentence, hostNames(reading)) * (ask.counted === null ? 1 : countFit(reading, ask.counted, sentence));
  const voice =
    ask.side === null || ask.side === 'BOTH' || sentence.role === null || sentence.role === ask.side ? 1 : 0.5;
  const form = (sentence.isQuestion ? 0.3 : 1) * (kind === 'PERSON' && sentence.turn === 0 ? announced : 1);
  const doubt = doubtOf(reading, sentence);
  const byTopic = covered * (0.25 + 0.75 * fit) * voice * form * extremeOf(reading, ask, kind, sentence);
  return Math.max(byTopic, scoreByKind(reading, ask, wanted, sentence)) * doubt;
}

/** What a sentence is worth where the one who says it is unsure, and where the whole reply begins so. */
const doubted = { own: 0.7, reply: 0.4 };

const ignorance =
  /\b(?:no idea|(?:don['’]?t|do not|wouldn['’]?t|couldn['’]?t|can['’]?t) (?:really )?(?:know|say|tell)|haven['’]?t (?:the )?(?:foggiest|faintest)|nobody(?:['’]s| has)? (?:told|knows?|said)|not decided|remains to be seen|i shouldn['’]?t say|none of your)\b/iu;

function doubtOf(reading: Reading, sentence: SpokenSentence): number {
  const [first] = reading.parsed.turns[sentence.turn]?.sentences ?? [];
  if (first !== undefined && actsOf(first).has('UNSURE') && !first.isQuestion && first.tokens.length <= 4)
    return doubted.reply;
  if (ignorance.test(sentence.text)) return doubted.reply;
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
  const other = ranked.find(
    ({ sentence: { turn }, score }) => turn !== best.turn && score >= (ranked[0]?.score ?? 0) * secondBest,
  );
  const near = own.filter(
    ({ position }) =>
      Math.abs(position - best.position) <= 1 || (good.has(position) && Math.abs(position - best.position) <= 4),
  );
  const next = replyTo(reading, best.turn).filter(
    (sentence) => good.has(sentence.position) && kindFit(kind, sentence, hostNames(reading)) === 1,
  );
  const all = new Set([...near.slice(0, maximumSentences), ...next.slice(0, 2), ...(other ? [other.sentence] : [])]);
  return [...all].sort((left, right) => left.position - right.position);
}

/** The answer to a question in free words; undefined where nobody gave one. */
export function answerIn(reading: Reading, question: string, background: Background): FoundAnswer | undefined {
  const kind = answerKindOf(question);
  const parsed = withKind(parseAsk(question, background, true), kind);
  const ask = { ...parsed, topic: attuned(reading, parsed.topic) };
  const wanted: Wanted = { kind, members: membersOf(reading, question) };
  const ranked = candidates(reading, ask, wanted)
    .map((sentence) => ({ sentence, score: scoreOf(reading, ask, wanted, sentence) }))
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
