import type { CompetitorStance } from '@harmony/contracts';
import type { ParsedConversation, SpokenSentence } from '../language/conversation.js';
import type { Competitor, NamedSentence } from './mentions.js';
import { tenseOf } from './stance-tense.js';
import { anaphora, asksCurrent, asksOthers, considered, current, disliked, dismissed, undone } from './stance-cues.js';

/** A sentence about a competitor, and how sure it is that it is about them: 3 for one that names them. */
export interface AboutSentence {
  readonly sentence: SpokenSentence;
  readonly text: string;
  readonly weight: number;
}

/** Turns behind a mention that may still speak of it. */
const reach = 3;

/** Sentences behind a mention that go on about it, until another competitor is named. */
function following(
  { turns }: ParsedConversation,
  from: SpokenSentence,
  isNamed: (position: number) => boolean,
): AboutSentence[] {
  const about: AboutSentence[] = [];
  for (const turn of turns.slice(from.turn, from.turn + reach + 1)) {
    for (const [at, sentence] of turn.sentences.entries()) {
      if (sentence.position <= from.position) continue;
      if (isNamed(sentence.position)) return about;
      const isSameTurn = sentence.turn === from.turn;
      const isReply = sentence.turn === from.turn + 1 && at === 0;
      if (isSameTurn || isReply || anaphora.test(sentence.text)) {
        about.push({ sentence, text: sentence.text, weight: isSameTurn ? 2 : sentence.turn - from.turn > 2 ? 0.5 : 1 });
      }
    }
  }
  return about;
}

/** The sentence before a mention, which may lead up to it: "there is a second offer". */
function preceding(
  { sentences }: ParsedConversation,
  from: SpokenSentence,
  isNamed: (position: number) => boolean,
): AboutSentence[] {
  const sentence = sentences[from.position - 1];
  if (sentence === undefined || sentence.turn !== from.turn || isNamed(sentence.position)) return [];
  return [{ sentence, text: sentence.text, weight: 2 }];
}

/** The question of a host that a sentence of the customer answers, where it begins the answer. */
function questionBefore(
  { turns }: ParsedConversation,
  { turn, position, role }: SpokenSentence,
): SpokenSentence | undefined {
  const first = turns[turn]?.sentences[0]?.position ?? position;
  const before = turns[turn - 1];
  if (role === 'HOST' || before?.role !== 'HOST' || position - first > 1) return undefined;
  return before.sentences.filter(({ isQuestion }) => isQuestion).at(-1);
}

interface Answering {
  readonly current: number;
  readonly considered: number;
}

/** What a question makes of a name that answers it: in use today, or in the running. */
function answering(parsed: ParsedConversation, { sentence, masked }: NamedSentence): Answering {
  const asked = questionBefore(parsed, sentence);
  if (asked === undefined || /^(?:no|not|never)\b/i.test(masked)) return { current: 0, considered: 0 };
  if (asksOthers.test(asked.text)) return { current: 0, considered: 2 };
  return { current: asksCurrent.test(asked.text) ? 3 : 0, considered: 0 };
}

/** All that is said about a competitor, in the order of the conversation, each sentence once. */
export function aboutCompetitor(
  parsed: ParsedConversation,
  one: Competitor,
  named: ReadonlySet<number>,
): AboutSentence[] {
  const own = new Map<number, AboutSentence>();
  for (const { sentence, masked } of one.sentences) own.set(sentence.position, { sentence, text: masked, weight: 3 });
  for (const { sentence } of one.sentences.slice(0, 50)) {
    const isNamed = (position: number) => named.has(position);
    for (const about of [...preceding(parsed, sentence, isNamed), ...following(parsed, sentence, isNamed)]) {
      if (!own.has(about.sentence.position)) own.set(about.sentence.position, about);
    }
  }
  return [...own.values()].sort((left, right) => left.sentence.position - right.sentence.position);
}

interface Weights {
  dismissed: number;
  current: number;
  considered: number;
}

function add(weights: Weights, { text, weight, sentence }: AboutSentence): void {
  const isAsked = sentence.isQuestion || sentence.role === 'HOST';
  const share = isAsked ? weight / 3 : weight;
  if (dismissed.test(text)) weights.dismissed += 2 * share;
  if (disliked.test(text)) weights.dismissed += share;
  if (undone.test(text)) return;
  if (current.test(text) && !dismissed.test(text)) weights.current += 1.5 * share;
  if (considered.test(text)) weights.considered += share;
}

/** Where no words tell, the form of the customers' sentences does. */
function addTense(weights: Weights, { sentences }: Competitor): void {
  for (const { sentence, masked } of sentences.filter((named) => named.sentence.role !== 'HOST').slice(0, 50)) {
    const tense = tenseOf(sentence, masked);
    if (tense === 'HABIT') weights.current += 2;
    if (tense === 'POSSIBLE') weights.considered += 2;
    if (tense === 'OVER') weights.dismissed += 2;
  }
}

/** How a competitor stands with the customer, by what is said about them; what ends it counts more than what began it. */
export function stanceOf(
  parsed: ParsedConversation,
  one: Competitor,
  about: readonly AboutSentence[],
): CompetitorStance {
  const weights: Weights = { dismissed: 0, current: 0, considered: 0 };
  for (const named of one.sentences.slice(0, 50)) {
    const answered = answering(parsed, named);
    weights.current += answered.current;
    weights.considered += answered.considered;
  }
  for (const sentence of about) add(weights, sentence);
  if (Math.max(weights.dismissed, weights.current, weights.considered) < 1.5) addTense(weights, one);
  if (weights.dismissed >= 2 && weights.dismissed >= weights.current) return 'DISMISSED';
  if (weights.current >= 2 && weights.current >= weights.considered) return 'CURRENT';
  if (weights.considered >= 1.5) return 'CONSIDERED';
  return weights.current >= 1.5 ? 'CURRENT' : 'NEUTRAL';
}
