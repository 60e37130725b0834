import { actsOf } from '../language/acts.js';
import type { SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';
import { customerWords, hostWords } from './ask-words.js';
import type { GlossaryEntry } from './glossary.js';
import { coverage, topicOf, type Slot, type Topic } from './topic.js';
import { presenceAt } from './window.js';

interface Part {
  readonly key: string;
  readonly name: string;
  readonly description: string;
}

/** How much was said that belongs to a part, and where. */
export interface WeighedTopic {
  readonly key: string;
  readonly weight: number;
  /** The weightiest first. */
  readonly sentences: readonly SpokenSentence[];
}

const searchLimit = 60;
/** Sentences that count for a part; more of the same add nothing. */
const counted = 6;
/** Less overlap than this is chance. */
const chance = 0.25;

const withSlots = (slots: readonly Slot[]): Topic => {
  const concepts = new Map<string, number>();
  for (const { strengths, weight } of slots) {
    for (const [concept, strength] of strengths) {
      concepts.set(concept, Math.max(concepts.get(concept) ?? 0, strength * weight));
    }
  }
  return { slots, concepts };
};

/** Topics of parts, without the words that most of them share: those tell nothing apart. */
export function topicsApart(parts: readonly Part[], glossary: readonly GlossaryEntry[]): Topic[] {
  const topics = parts.map(({ name, description }) =>
    topicOf(`${name}. ${description}`, {
      glossary,
      isLeftOut: ({ lemma, lower }) => customerWords.has(lemma) || hostWords.has(lower),
    }),
  );
  const shared = (slot: Slot): boolean =>
    topics.filter(({ slots }) => slots.some(({ words }) => words.some((word) => slot.words.includes(word)))).length >
    Math.max(1, parts.length / 2);
  return topics.map(({ slots }) => withSlots(slots.filter((slot) => !shared(slot))));
}

/** A trouble that is said not to be there: "we don't queue", "no complaints". */
const denial =
  /\b(?:no|not|never|don't|doesn't|didn't|isn't|aren't|without) (?:really |any |a |an |that |much )?(?:problems?|issues?|trouble|complaints?|worr\w+|concern\w*|queues?|delays?|need)\b|\b(?:don't|doesn't|never) (?:queue|wait|fail|complain|worry|mind|need|get it wrong)\b|\bnothing to complain\b/iu;

/** What the customer says counts most; what is stressed or told as a trouble more than what is said by the way. */
function importance(sentence: SpokenSentence): number {
  const said = actsOf(sentence);
  const voice = sentence.role === 'HOST' ? 0.35 : 1;
  const stress = said.has('EMPHASIS') ? 1.2 : 1;
  const trouble = said.has('PROBLEM') || said.has('CONCERN') ? 1.3 : said.has('WISH') ? 1.1 : 0.75;
  const denied = denial.test(sentence.text) ? 0.3 : 1;
  const praise = said.has('PRAISE') && !said.has('PROBLEM') ? 0.5 : 1;
  return voice * stress * trouble * denied * praise * (sentence.isQuestion ? 0.6 : 1);
}

function weigh(reading: Reading, topic: Topic): { weight: number; sentences: SpokenSentence[] } {
  const scored = reading.index
    .search(topic.concepts, searchLimit)
    .map(({ sentence }) => {
      const covered = coverage(topic, presenceAt(reading, sentence));
      return { sentence, value: Math.max(0, covered - chance) * importance(sentence) };
    })
    .filter(({ value }) => value > 0)
    .sort((left, right) => right.value - left.value || left.sentence.position - right.sentence.position)
    .slice(0, counted);
  return {
    weight: scored.reduce((sum, { value }) => sum + value, 0),
    sentences: scored.map(({ sentence }) => sentence),
  };
}

/** Parts by how much was said that belongs to them, the weightiest first. */
export function weighTopics(
  reading: Reading,
  parts: readonly Part[],
  glossary: readonly GlossaryEntry[],
): WeighedTopic[] {
  const topics = topicsApart(parts, glossary);
  return parts
    .map(({ key }, at) => ({ key, ...weigh(reading, topics[at] ?? { slots: [], concepts: new Map() }) }))
    .sort((left, right) => right.weight - left.weight);
}
