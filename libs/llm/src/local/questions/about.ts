import type { Background } from '../../port.js';
import { conceptsOfText, groupsOf, isContentWord } from '../language/concepts.js';
import { createPace, type SpokenSentence } from '../language/conversation.js';
import { conceptGroups } from '../language/lexicon/concept-groups.js';
import { parseText, type Token } from '../language/parse-text.js';
import type { Reading } from '../language/reading.js';
import { rarityOf, wordsFor } from './attune.js';
import { customerWords, frameWords, hostWords } from './ask-words.js';
import { glossaryOf, type GlossaryEntry } from './glossary.js';
import { kindredWords } from './lexicon/kindred-words.js';
import { voicesOf } from './topic-voice.js';

interface Part {
  readonly key: string;
  readonly name: string;
  readonly description: string;
}

/** How much a conversation is about a part, and what shows it. */
export interface About {
  readonly key: string;
  readonly weight: number;
  /** The weightiest first. */
  readonly sentences: readonly SpokenSentence[];
}

/** One word of a part, and the concepts by which it is said, with how near they come to it. */
type Word = ReadonlyMap<string, number>;

const strengths = { name: 1.8, description: 1, kindred: 0.35, group: 0.1, glossary: 0.6, offered: 0.5, again: 0.4 };
/** Groups of so many words stand for too much to tell anything. */
const broadGroup = 34;

const stemsOf = (text: string): string[] => parseText(text).flatMap(({ tokens }) => tokens.map(({ stem }) => stem));

const kindred = new Map<string, Set<string>>();
for (const line of kindredWords) {
  const stems = [...new Set(line.split(' ').flatMap((word) => stemsOf(word).slice(0, 1)))];
  for (const stem of stems) kindred.set(stem, new Set([...(kindred.get(stem) ?? []), ...stems]));
}

const isBroad = (group: string): boolean => (conceptGroups.get(group.slice(1))?.length ?? 0) > broadGroup;

interface Said {
  readonly stem: string;
  readonly weight: number;
  /** Other words of the conversation for it, or for kinds of it, with how near they come. */
  readonly related: ReadonlyMap<string, number>;
}

function wordOf({ stem, weight, related }: Said, glossary: readonly GlossaryEntry[]): Word {
  const word = new Map([...related].map(([one, nearness]) => [one, weight * nearness] as const));
  for (const group of groupsOf(stem)) if (!isBroad(group)) word.set(group, weight * strengths.group);
  for (const { stems, meaning } of glossary) {
    if (stems.length === 1 && meaning.has(stem)) for (const one of stems) word.set(one, weight * strengths.glossary);
  }
  for (const one of kindred.get(stem) ?? []) word.set(one, weight * strengths.kindred);
  return word.set(stem, weight);
}

/** What a part is not about: "a benefit without a need of the business". */
const negated = /\b(?:without|not|no|nor|except|rather than|instead of)\b[^,;.]*/giu;

const noWords: ReadonlyMap<string, number> = new Map();

function relatedTo(reading: Reading, { tag, lemma }: Token): ReadonlyMap<string, number> {
  if (tag !== 'NOUN' && tag !== 'VERB') return noWords;
  return wordsFor(reading, { lemma, part: tag === 'NOUN' ? 'noun' : 'verb' });
}

function wordsOf(reading: Reading, { name, description }: Part, glossary: readonly GlossaryEntry[]): Word[] {
  const words = new Map<string, Said>();
  for (const [text, weight] of [
    [name, strengths.name],
    [description.replace(negated, ''), strengths.description],
  ] as const) {
    for (const token of parseText(text).flatMap(({ tokens }) => tokens)) {
      const isLeftOut = customerWords.has(token.lemma) || hostWords.has(token.lower) || frameWords.has(token.lemma);
      if (isLeftOut || !isContentWord(token) || (words.get(token.stem)?.weight ?? 0) >= weight) continue;
      words.set(token.stem, { stem: token.stem, weight, related: relatedTo(reading, token) });
    }
  }
  return [...words.values()].map((said) => wordOf(said, glossary));
}

const strengthIn = (words: readonly Word[], concept: string): number =>
  words.reduce((best, word) => Math.max(best, word.get(concept) ?? 0), 0);

/** Takes from each concept what other parts have of it too: what they share tells nothing apart. */
function apart(parts: readonly (readonly Word[])[]): Word[][] {
  const others = Math.max(1, parts.length - 1);
  const shares = new Map<string, number>();
  const shareOf = (concept: string, own: number, at: number): number => {
    const key = `${at} ${concept}`;
    const known = shares.get(key);
    if (known !== undefined) return known;
    const all = parts.map((words) => strengthIn(words, concept));
    const most = Math.max(own, ...all);
    const elsewhere = all.reduce((sum, strength, other) => (other === at ? sum : sum + strength / most), 0);
    const share = Math.max(0, 1 - (elsewhere * 1.5) / others);
    shares.set(key, share);
    return share;
  };
  return parts.map((words, at) =>
    words.map(
      (word) => new Map([...word].map(([concept, strength]) => [concept, strength * shareOf(concept, strength, at)])),
    ),
  );
}

/** What a repeated word adds falls off: a topic is told in many words. */
const saturation = (said: number): number => said ** 0.6;

/** Sentences that are looked at for a word. */
const searchLimit = 120;

/** How much each sentence says a word, by what it tells of the matter. */
function sayingsOf(reading: Reading, word: Word): (readonly [SpokenSentence, number])[] {
  const voices = voicesOf(reading);
  return reading.index.search(word, searchLimit).map(({ sentence }) => {
    const concepts = reading.index.conceptsAt(sentence.position);
    const said = [...word].flatMap(([one, strength]) =>
      concepts.has(one) ? [strength * rarityOf(reading, [one])] : [],
    );
    const best = Math.max(0, ...said);
    const all = said.reduce((sum, strength) => sum + strength, 0);
    return [sentence, (best + (all - best) * strengths.again) * (voices[sentence.position] ?? 0)];
  });
}

async function weighPart(reading: Reading, words: readonly Word[], key: string): Promise<About> {
  const pace = createPace();
  const bySentence = new Map<SpokenSentence, number>();
  let weight = 0;
  for (const word of words) {
    await pace();
    const byTurn = new Map<number, number>();
    for (const [sentence, value] of sayingsOf(reading, word)) {
      byTurn.set(sentence.turn, Math.max(byTurn.get(sentence.turn) ?? 0, value));
      bySentence.set(sentence, (bySentence.get(sentence) ?? 0) + value);
    }
    weight += saturation([...byTurn.values()].reduce((sum, value) => sum + value, 0));
  }
  const sentences = [...bySentence]
    .filter(([, value]) => value > 0)
    .sort(([left, more], [right, most]) => most - more || left.position - right.position);
  return {
    key,
    weight: weight / Math.sqrt(Math.max(1, words.length)),
    sentences: sentences.map(([sentence]) => sentence),
  };
}

/** What a project sells is spoken of in all its conversations, so its words tell little; terms that it explains do. */
function offeredIn({ knowledge, handbook }: Background): ReadonlySet<string> {
  const text = `${knowledge}\n${handbook}`.slice(0, 20_000);
  return new Set(conceptsOfText(text.replace(/\bglossary\s*:[^.]*\./iu, '')).keys());
}

const withLess = (words: readonly Word[], concepts: ReadonlySet<string>): Word[] =>
  words.map(
    (word) =>
      new Map([...word].map(([one, strength]) => [one, concepts.has(one) ? strength * strengths.offered : strength])),
  );

/** Parts by how much a conversation is about them, the first being what it is most about. */
export async function aboutWhat(reading: Reading, parts: readonly Part[], background: Background): Promise<About[]> {
  const glossary = glossaryOf(background);
  const offered = offeredIn(background);
  const words = apart(parts.map((part) => wordsOf(reading, part, glossary))).map((own) => withLess(own, offered));
  const found: About[] = [];
  for (const [at, { key }] of parts.entries()) found.push(await weighPart(reading, words[at] ?? [], key));
  return found.sort((left, right) => right.weight - left.weight);
}
