import { groupsOf, isContentWord, phrasesAt } from '../language/concepts.js';
import { conceptPatterns } from '../language/lexicon/concept-patterns.js';
import { parseText, type Token } from '../language/parse-text.js';
import type { GlossaryEntry } from './glossary.js';
import type { Presence } from './window.js';

/** One thing that a text asks for, in any of several words; the strength says how near a word comes to it. */
export interface Slot {
  readonly words: readonly string[];
  readonly strengths: ReadonlyMap<string, number>;
  readonly weight: number;
  /** Its words as a dictionary has them. */
  readonly lemmas?: readonly { readonly lemma: string; readonly part: 'noun' | 'verb' }[];
}

/** What a question or a description is about. */
export interface Topic {
  readonly slots: readonly Slot[];
  /** All concepts that any slot takes, with their strength: for search. */
  readonly concepts: ReadonlyMap<string, number>;
}

/** Idioms that questions use as well as answers. */
const asked: ReadonlySet<string> = new Set(['admit', 'trapped']);

/** How much another way to say a fixed phrase is worth. */
const phraseStrength = 0.8;

/** How much a word of the same group is worth, by how many groups its word has: the more, the vaguer. */
const groupStrength = (groups: number): number => (groups <= 2 ? 0.8 : groups <= 4 ? 0.7 : 0.6);

function strengthsOf(token: Token, phrases: readonly string[]): Map<string, number> {
  const groups = groupsOf(token.stem);
  const strengths = new Map(groups.map((group) => [group, groupStrength(groups.length)] as const));
  for (const phrase of phrases) strengths.set(phrase, phraseStrength);
  return strengths.set(token.stem, 1);
}

/** In a question, a common word counts too when it means something of the lexicon: "need", "use". */
const isAskedFor = (token: Token): boolean =>
  isContentWord(token) || ((token.tag === 'NOUN' || token.tag === 'VERB') && groupsOf(token.stem).length > 0);

const joining = /^(?:or|,|\/|and\/or)$/u;

/** Whether a word is another way to say what the word before it says: `or` between, or side by side in brackets. */
function isAlternative(tokens: readonly Token[], last: number, at: number): boolean {
  const between = tokens.slice(last + 1, at);
  const opened = tokens.slice(0, at).findLastIndex(({ text }) => text === '(');
  const closed = tokens.slice(0, at).findLastIndex(({ text }) => text === ')');
  if (opened > closed && last > opened) return true;
  return between.length > 0 && between.every(({ lower }) => joining.test(lower));
}

function merge(into: Map<string, number>, from: ReadonlyMap<string, number>): void {
  for (const [concept, strength] of from) into.set(concept, Math.max(into.get(concept) ?? 0, strength));
}

type Lemma = NonNullable<Slot['lemmas']>[number];

function lemmaOf({ tag, lemma }: Token): Lemma[] {
  if (tag === 'NOUN') return [{ lemma, part: 'noun' }];
  return tag === 'VERB' ? [{ lemma, part: 'verb' }] : [];
}

/** Words that follow each other with `or` between are one slot: any of them will do. */
function slotsOf(tokens: readonly Token[], isLeftOut: (token: Token) => boolean): Slot[] {
  const slots: (Slot & { words: string[]; strengths: Map<string, number>; lemmas: Lemma[] })[] = [];
  const hasOr = tokens.some(({ lower }) => lower === 'or');
  let last = -1;
  for (const [at, token] of tokens.entries()) {
    const phrases = phrasesAt(tokens, at);
    if (phrases.length === 0 && (!isAskedFor(token) || isLeftOut(token))) continue;
    const previous = slots.at(-1);
    if (hasOr && previous !== undefined && isAlternative(tokens, last, at)) {
      previous.words.push(token.stem);
      previous.lemmas.push(...lemmaOf(token));
      merge(previous.strengths, strengthsOf(token, phrases));
    } else if (!slots.some(({ words }) => words.includes(token.stem))) {
      slots.push({
        words: [token.stem],
        strengths: strengthsOf(token, phrases),
        lemmas: lemmaOf(token),
        weight: token.tag === 'VERB' || token.tag === 'ADV' ? 0.7 : 1,
      });
    }
    last = at;
  }
  return slots;
}

/** Adds terms of the project to the slots whose words their definitions use. */
function withGlossary(slots: readonly Slot[], glossary: readonly GlossaryEntry[]): Slot[] {
  return slots.map((slot) => {
    const strengths = new Map(slot.strengths);
    for (const { stems, meaning } of glossary) {
      if (stems.length > 0 && stems.every((stem) => slot.words.includes(stem))) {
        for (const concept of meaning) merge(strengths, new Map([[concept, 0.7]]));
      } else if (stems.length === 1 && slot.words.some((word) => meaning.has(word))) {
        for (const stem of stems) merge(strengths, new Map([[stem, 0.7]]));
      }
    }
    return { ...slot, strengths };
  });
}

/** Concepts by which people say who has the say: where a question asks for it, the rest is by the way. */
const authority = ['#decide', '#approve', '#sign'];
const authorityStrength = 0.9;

/** A slot that asks who decides weighs most, and takes any way to say it. */
function stressAuthority(slots: readonly Slot[]): Slot[] {
  const isOne = ({ strengths }: Slot) => authority.some((concept) => strengths.has(concept));
  if (!slots.some(isOne)) return [...slots];
  return slots.map((slot) =>
    isOne(slot)
      ? {
          ...slot,
          weight: 2,
          strengths: new Map([...slot.strengths, ...authority.map((one) => [one, authorityStrength] as const)]),
        }
      : { ...slot, weight: slot.weight * 0.2 },
  );
}

/** Idioms that a text is about: "let the engineer in". */
function idiomsOf(tokens: readonly Token[], slots: readonly Slot[]): Slot[] {
  const spoken = tokens.map(({ lower }) => lower).join(' ');
  return conceptPatterns
    .filter(([concept, pattern]) => asked.has(concept) && pattern.test(spoken))
    .map(([concept]) => `#${concept}`)
    .filter((concept) => !slots.some(({ strengths }) => strengths.has(concept)))
    .map((concept) => ({ words: [], strengths: new Map([[concept, phraseStrength]]), weight: 1 }));
}

export interface TopicOptions {
  /** Whether the question asks who does it. */
  readonly asksWho?: boolean;
  readonly glossary?: readonly GlossaryEntry[];
  /** Words that say who or how, and not what. */
  readonly isLeftOut?: (token: Token) => boolean;
}

/** What a text is about. */
export function topicOf(
  text: string | readonly Token[],
  { glossary = [], isLeftOut = () => false, asksWho = false }: TopicOptions = {},
): Topic {
  const tokens = typeof text === 'string' ? parseText(text).flatMap((sentence) => sentence.tokens) : text;
  const plain = withGlossary(slotsOf(tokens, isLeftOut), glossary);
  const spoken = [...plain, ...idiomsOf(tokens, plain)];
  const slots = asksWho ? stressAuthority(spoken) : spoken;
  const concepts = new Map<string, number>();
  for (const { strengths, weight } of slots) {
    for (const [concept, strength] of strengths)
      concepts.set(concept, Math.max(concepts.get(concept) ?? 0, strength * weight));
  }
  return { slots, concepts };
}

/** A topic of many words is there when some of them are; one of a single word wants more than a word like it. */
const fewest = 1.3;
const enough = 2.2;

/** What a word is worth that has already stood for another slot. */
const repeated = 0.5;

interface Match {
  readonly word: string;
  readonly value: number;
}

/** The best word for a slot, of those that stand for no other if there are such. */
function matchOf({ strengths }: Slot, presence: Presence, taken: ReadonlySet<string>): Match {
  let best: Match = { word: '', value: 0 };
  for (const [concept, strength] of strengths) {
    for (const { word, weight } of presence(concept)) {
      const value = strength * weight * (taken.has(word) ? repeated : 1);
      if (value > best.value) best = { word, value };
    }
  }
  return best;
}

/** How much of a topic is there, 0 to 1; each word that is there stands for one slot. */
export function coverage({ slots }: Topic, presence: Presence): number {
  const taken = new Set<string>();
  let [covered, all] = [0, 0];
  // Slots whose own words are there come first: a word is no mere likeness of another slot's.
  const own = (slot: Slot) => slot.words.some((word) => presence(word).length > 0);
  const ordered = [...slots.filter(own), ...slots.filter((slot) => !own(slot))];
  for (const slot of ordered) {
    const { word, value } = matchOf(slot, presence, taken);
    taken.add(word);
    covered += slot.weight * value;
    all += slot.weight;
  }
  return all === 0 ? 0 : Math.min(1, covered / Math.min(enough, Math.max(fewest, all)));
}
