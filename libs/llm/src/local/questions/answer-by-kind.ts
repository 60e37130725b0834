import { momentsIn } from '../language/moments.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { answerKindOf, kindFit, type AnswerKind } from './answer-kind.js';
import type { Ask } from './ask.js';
import { categoriesOf, membersIn } from './asked-category.js';
import { coverage } from './topic.js';
import { presenceAt, presenceIn, replyTo } from './window.js';

const known = new WeakMap<Reading, ReadonlySet<string>>();

/** Words of the hosts' names: to be called by one's name is no answer. */
export function hostNames(reading: Reading): ReadonlySet<string> {
  const names =
    known.get(reading) ??
    new Set(
      reading.conversation.voices.filter(({ role }) => role === 'HOST').flatMap(({ name }) => name?.split(' ') ?? []),
    );
  known.set(reading, names);
  return names;
}

/** What a question wants to hear. */
export interface Wanted {
  readonly kind: AnswerKind;
  /** Sentences that name one of the category that is asked for, by how often it is spoken of, 0 to 1. */
  readonly members: ReadonlyMap<SpokenSentence, number>;
}

/** Kinds of answers that a reply names or does not name: what is asked for them is asked seldom. */
const named = new Set<AnswerKind>(['PERSON', 'REASON']);
/** What a reply is worth to the only question of the conversation that asks for such an answer. */
const [onlyOne, anotherOne] = [0.45, 0.3];
/** What it is worth to name one of what is asked for, and how much more what is spoken of again and again. */
const member = { named: 0.4, again: 0.3, around: 0.4 };

/** The questions of the hosts that want an answer of this kind. */
const alikeQuestions = (reading: Reading, kind: AnswerKind): SpokenSentence[] =>
  reading.parsed.sentences.filter(
    ({ isQuestion, role, text }) => isQuestion && role === 'HOST' && answerKindOf(text) === kind,
  );

/** Sentences that name one of the category that a question asks for. */
export function membersOf({ parsed: { sentences } }: Reading, question: string): ReadonlyMap<SpokenSentence, number> {
  const categories = categoriesOf(question);
  if (categories.length === 0) return new Map();
  const found = sentences
    .map((sentence) => [sentence, membersIn(sentence, categories)] as const)
    .filter(([, words]) => words.length > 0);
  const counts = new Map<string, number>();
  for (const word of found.flatMap(([, words]) => words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return new Map(
    found.map(([sentence, words]) => [sentence, Math.max(...words.map((word) => counts.get(word) ?? 0)) / most]),
  );
}

const hasAuthority = ({ topic }: Ask): boolean => ['#decide', '#approve'].some((one) => topic.concepts.has(one));

/** How well a sentence names one of what is asked for, or answers the only question of its kind, 0 to 1. */
export function scoreByKind(reading: Reading, ask: Ask, { kind, members }: Wanted, sentence: SpokenSentence): number {
  const side = ask.side === 'CUSTOMER' && sentence.role === 'HOST' ? 0.8 : 1;
  const form = sentence.isQuestion ? 0.7 : 1;
  const again = members.get(sentence);
  if (again !== undefined) {
    const around = coverage(ask.topic, presenceAt(reading, sentence));
    return (member.named + member.again * again + member.around * around) * side * form;
  }
  if (kind === 'TIME') {
    const around = coverage(ask.topic, presenceAt(reading, sentence));
    const deadline = namesDeadline(ask, sentence);
    return deadline === 0 ? 0 : Math.min(1, deadline + around / 2);
  }
  if (!named.has(kind) || hasAuthority(ask) || kindFit(kind, sentence, hostNames(reading)) < 1) return 0;
  return answersAlike(reading, ask, kind, sentence) * side * form;
}

/** What it is worth to answer that question of this kind which asks most alike, or the last one, or another one. */
function answersAlike(reading: Reading, { topic }: Ask, kind: AnswerKind, sentence: SpokenSentence): number {
  const asked = alikeQuestions(reading, kind)
    .map((question) => ({ question, alike: coverage(topic, presenceIn(reading, question)) }))
    .sort((left, right) => right.alike - left.alike || right.question.position - left.question.position);
  const at = asked.findIndex(({ question: { turn } }) => replyTo(reading, turn).includes(sentence));
  if (at === -1) return 0;
  const alike = asked[0]?.alike ?? 0;
  return at === 0 && (kind === 'PERSON' || alike > 0) ? Math.min(1, onlyOne + alike / 3) : anotherOne;
}

const untilWhen =
  /\b(?:until|till|by|before) (?:when|what|which)\b|\bhow soon\b|\bdeadline\b|\bat the latest\b|\bno later\b/iu;
const isDeadline = /\b(?:by|before|until|till|no later than|not later than|at the latest)\b|\b(?:latest|deadline)\b/iu;
const wanting = /\b(?:want|need|expect|must|please|have to|has to|i'd like|give me|get me|otherwise|or else)\b/iu;

/** What it is worth to name a time by which something is wanted, where that is asked for. */
function namesDeadline({ text }: Ask, { role, text: said, isQuestion }: SpokenSentence): number {
  if (!untilWhen.test(text) || !isDeadline.test(said) || momentsIn(said).length === 0) return 0;
  return (wanting.test(said) ? 0.5 : 0.35) * (role === 'HOST' ? 0.8 : 1) * (isQuestion ? 0.6 : 1);
}

/** Sentences that may answer by their kind alone, without a word of the question. */
export function candidatesByKind(reading: Reading, { text }: Ask, { kind, members }: Wanted): SpokenSentence[] {
  const timed = kind === 'TIME' && untilWhen.test(text);
  return [
    ...members.keys(),
    ...(timed ? reading.parsed.sentences.filter((one) => isDeadline.test(one.text)) : []),
    ...(named.has(kind) ? alikeQuestions(reading, kind).flatMap(({ turn }) => replyTo(reading, turn)) : []),
  ];
}
