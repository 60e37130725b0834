import { createPace } from '../language/conversation.js';
import { momentsIn } from '../language/moments.js';
import { quantitiesIn } from '../language/quantities.js';
import type { Reading } from '../language/reading.js';
import type { Passage } from './passages.js';
import { chatter, decision, need, nextStep } from './salience-cues.js';

export interface WeighedPassage extends Passage {
  readonly weight: number;
  readonly concepts: ReadonlySet<string>;
}

/** Words that stand on their own in many places of a conversation are what it is about; those that do once, less. */
function topicality(reading: Reading, concepts: ReadonlySet<string>): number {
  let sum = 0;
  for (const concept of concepts) sum += Math.min(1.2, 6 / (1 + reading.index.weightOf(concept)) - 0.6);
  return Math.max(0, sum) / Math.sqrt(4 + concepts.size);
}

const figureWeight = (text: string): number =>
  quantitiesIn(text).reduce(
    (sum, { kind, value }) => sum + (kind === 'MONEY' || kind === 'PERCENT' ? 1.3 : value > 2 ? 0.8 : 0.2),
    0,
  );

/** Names of companies, people and products: capitals within a sentence. */
const nameWeight = (text: string): number => (text.match(/(?<=[\p{Ll},'’] )\p{Lu}\p{Ll}+/gu) ?? []).length * 0.5;

const cueWeight = (text: string): number =>
  (decision.test(text) ? 1.1 : 0) +
  (nextStep.test(text) ? 1 : 0) +
  (need.test(text) ? 0.9 : 0) -
  (chatter.test(text) ? 1.2 : 0);

function weigh(reading: Reading, passage: Passage): WeighedPassage {
  const concepts = new Set(passage.sentences.flatMap(({ position }) => [...reading.index.conceptsAt(position)]));
  let weight = topicality(reading, concepts);
  for (const { text, isQuestion } of passage.sentences) {
    const own =
      Math.min(3, figureWeight(text)) +
      Math.min(1.5, nameWeight(text)) +
      Math.min(1, momentsIn(text).length * 0.4) +
      cueWeight(text);
    weight += isQuestion ? own * 0.3 : own;
  }
  const words = passage.sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
  if (passage.sentences.every(({ isQuestion }) => isQuestion)) weight = 0;
  const ofCustomer = passage.turn.role === 'HOST' ? 0.85 : 1;
  return { ...passage, concepts, weight: (weight * ofCustomer) / Math.sqrt(1 + words / 40) };
}

/** How much each passage says of what matters. Linear in the length of the conversation. */
export async function weighPassages(reading: Reading, passages: readonly Passage[]): Promise<WeighedPassage[]> {
  const pace = createPace();
  const weighed: WeighedPassage[] = [];
  for (const passage of passages) {
    await pace();
    weighed.push(weigh(reading, passage));
  }
  return weighed;
}

/** Candidates that are looked at for each that is chosen: enough to avoid repetition, and no more work for long calls. */
const candidatesPerPoint = 6;

const overlap = (left: ReadonlySet<string>, right: ReadonlySet<string>): number => {
  let shared = 0;
  for (const concept of left) if (right.has(concept)) shared += 1;
  return shared / Math.max(1, Math.min(left.size, right.size));
};

/** The weightiest passages that do not repeat each other, in the order of the conversation. */
export function choosePassages(weighed: readonly WeighedPassage[], count: number): WeighedPassage[] {
  const candidates = [...weighed]
    .sort((left, right) => right.weight - left.weight)
    .slice(0, count * candidatesPerPoint);
  const chosen: WeighedPassage[] = [];
  while (chosen.length < count && candidates.length > 0) {
    const worth = candidates.map(
      (one) => one.weight * (1 - 0.7 * Math.max(0, ...chosen.map((other) => overlap(one.concepts, other.concepts)))),
    );
    const best = worth.indexOf(Math.max(...worth));
    const [taken] = candidates.splice(best, 1);
    if (taken === undefined || taken.weight <= 0) break;
    chosen.push(taken);
  }
  const place = ({ sentences }: Passage): number => sentences[0]?.position ?? 0;
  return chosen.sort((left, right) => place(left) - place(right));
}
