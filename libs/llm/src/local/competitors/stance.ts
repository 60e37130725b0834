import type { CompetitorStance } from '@harmony/contracts';
import type { ParsedConversation, SpokenSentence } from '../language/conversation.js';
import type { Competitor } from './mentions.js';
import { anaphora, considered, current, disliked, dismissed, undone } from './stance-cues.js';

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
        about.push({ sentence, text: sentence.text, weight: isSameTurn ? 2 : 1 });
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

/** How a competitor stands with the customer, by what is said about them; what ends it counts more than what began it. */
export function stanceOf(about: readonly AboutSentence[]): CompetitorStance {
  const weights: Weights = { dismissed: 0, current: 0, considered: 0 };
  for (const sentence of about) add(weights, sentence);
  if (weights.dismissed >= 2 && weights.dismissed * 1.5 >= weights.current) return 'DISMISSED';
  if (weights.current >= 2 && weights.current >= weights.considered) return 'CURRENT';
  if (weights.considered >= 1.5) return 'CONSIDERED';
  return weights.current >= 1.5 ? 'CURRENT' : 'NEUTRAL';
}
