import type { Token } from '../language/parse-text.js';
import { stopWords } from '../language/lexicon/stop-words.js';
import { createPace, type SpokenSentence } from '../language/conversation.js';
import type { Reading } from '../language/reading.js';

/** Nouns that every conversation has. */
const common = new Set(
  'time day week month year hour minute morning afternoon today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday way lot bit kind sort number side second one two three question idea course problem issue case end start guy man woman name everybody hi hello okay thank bye yeah reason sense fact person word note line rest half quarter couple anything something yes no hm um uh percent euro pound dollar thousand hundred million page minute moment job work place area yep chance change mind'.split(
    ' ',
  ),
);

const isNoun = ({ tag, lower, text }: Token): boolean =>
  (tag === 'NOUN' || tag === 'PROPN') && lower.length > 2 && /^\p{L}[\p{L}-]+$/u.test(text) && !stopWords.has(lower);
const isAdjective = ({ tag, lower }: Token): boolean => tag === 'ADJ' && lower.length > 3 && !stopWords.has(lower);

/** Nouns, with the noun or adjective before them where there is one: "shift plan", "annual premium". */
function phrasesIn({ tokens }: SpokenSentence): string[] {
  return tokens.flatMap((token, at) => {
    if (!isNoun(token) || common.has(token.lemma)) return [];
    const before = tokens[at - 1];
    const isCompound = before !== undefined && (isNoun(before) || isAdjective(before)) && !common.has(before.lemma);
    return isCompound ? [token.lemma, `${before.lower} ${token.lemma}`] : [token.lemma];
  });
}

interface Topic {
  readonly phrase: string;
  /** In how many turns. */
  count: number;
  last: number;
}

const maximumTopics = 12;

/** What a conversation is about: nouns and pairs that come back, the weightiest first. Linear in its length. */
export async function topicsOf({ parsed }: Reading): Promise<string[]> {
  const pace = createPace();
  const names = new Set(parsed.turns.flatMap(({ name }) => (name ?? '').toLowerCase().split(/\s+/u)));
  const topics = new Map<string, Topic>();
  for (const sentence of parsed.sentences) {
    await pace();
    for (const phrase of phrasesIn(sentence)) {
      if (phrase.split(' ').some((word) => names.has(word))) continue;
      const topic = topics.get(phrase) ?? { phrase, count: 0, last: -1 };
      if (topic.last !== sentence.turn) topic.count += phrase.includes(' ') ? 1.6 : 1;
      topic.last = sentence.turn;
      topics.set(phrase, topic);
    }
  }
  const ranked = [...topics.values()].filter(({ count }) => count >= 2).sort((left, right) => right.count - left.count);
  const chosen: string[] = [];
  for (const { phrase } of ranked) {
    if (chosen.length === maximumTopics) break;
    if (!chosen.some((other) => ` ${other} `.includes(` ${phrase} `))) chosen.push(phrase);
  }
  return chosen;
}
