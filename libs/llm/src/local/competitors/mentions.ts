import type { ParsedConversation, SpokenSentence } from '../language/conversation.js';
import { createPace } from '../language/conversation.js';
import { matchesIn } from '../language/matches.js';
import { discoveredIn, namesAnsweringWhoElse } from './discover.js';
import { nameKey, namePattern, soundsLike } from './name-forms.js';
import { asksOthers } from './stance-cues.js';

export interface NamedSentence {
  readonly sentence: SpokenSentence;
  /** The sentence with `@` in the place of the name. */
  readonly masked: string;
}

export interface Competitor {
  readonly name: string;
  readonly sentences: readonly NamedSentence[];
}

interface Known {
  readonly name: string;
  readonly pattern: RegExp;
  readonly short: RegExp | undefined;
}

const articles = /(?:^|[^\p{L}])(?:an?|the|my|our|your|their|his|her|some|any|no|every|each)\s+$/iu;

/** Whether words in lower case are the name, and no common word that is written like it. */
function isNameInLowerCase(text: string, start: number, end: number): boolean {
  if (/\p{Lu}/u.test(text.slice(start, end))) return true;
  if (articles.test(text.slice(0, start))) return false;
  return end - start >= 6 || !/\p{Lu}/u.test(text.replace(/\bI\b/g, ''));
}

function findByPattern({ pattern }: Known, text: string): [number, number] | undefined {
  for (const match of matchesIn(text, pattern)) {
    const end = match.index + match[0].length;
    if (isNameInLowerCase(text, match.index, end)) return [match.index, end];
  }
  return undefined;
}

/** A word with a capital, or two words in a row, that speech to text may have made of the name. */
function findByEar({ name }: Known, { text, tokens, start }: SpokenSentence): [number, number] | undefined {
  const key = nameKey(name);
  for (const [at, token] of tokens.entries()) {
    if (token.lower[0] !== key[0]) continue;
    const next = tokens[at + 1];
    const isNamed = at > 0 && /^\p{Lu}/u.test(token.text);
    if (isNamed && soundsLike(token.text, name)) return [token.start - start, token.end - start];
    if (next === undefined) continue;
    const pair = text.slice(token.start - start, next.end - start);
    if (nameKey(pair) === key || (isNamed && /^\p{Lu}/u.test(next.text) && soundsLike(pair, name))) {
      return [token.start - start, next.end - start];
    }
  }
  return undefined;
}

/** The first word of a longer name, by which people call it: long enough to be no common word, inside a sentence. */
function shortForm(name: string, names: readonly string[]): RegExp | undefined {
  const firstOf = (one: string): string => one.split(/\s+/u)[0] ?? '';
  const first = firstOf(name);
  const isShared = names.some((other) => other !== name && firstOf(other) === first);
  if (first === name || isShared || !/^\p{Lu}[\p{L}\p{N}'’&-]{5,}$/u.test(first)) return undefined;
  return new RegExp(`(?<=\\p{L},? )${first}(?![\\p{L}\\p{N}])`, 'u');
}

const known = (names: readonly string[]): Known[] =>
  names.map((name) => ({ name, pattern: namePattern(name), short: shortForm(name, names) }));

function findByShortForm({ short }: Known, text: string): [number, number] | undefined {
  const match = short?.exec(text) ?? null;
  return match === null ? undefined : [match.index, match.index + match[0].length];
}

/** Where a name stands; what is another name to the letter is never taken for a misspelling. */
function findName(one: Known, sentence: SpokenSentence, all: readonly Known[]): [number, number] | undefined {
  const exact = findByPattern(one, sentence.text) ?? findByShortForm(one, sentence.text);
  if (exact !== undefined || nameKey(one.name).length < 6) return exact;
  const heard = findByEar(one, sentence);
  return heard !== undefined && all.some((other) => other !== one && findByPattern(other, sentence.text))
    ? undefined
    : heard;
}

/** Whether a sentence begins the customer's answer to the question who else is in the running. */
function answersWhoElse({ turns }: ParsedConversation, { turn, role, position }: SpokenSentence): boolean {
  const before = turns[turn - 1];
  const first = turns[turn]?.sentences[0]?.position ?? 0;
  if (role === 'HOST' || before?.role !== 'HOST' || position - first > 1) return false;
  return before.sentences.some(({ isQuestion, text }) => isQuestion && asksOthers.test(text));
}

/** Adds names that nobody knew of before, as the conversation brings them up. */
async function discover(parsed: ParsedConversation, wanted: Known[], excluded: readonly Known[]): Promise<void> {
  const pace = createPace();
  for (const sentence of parsed.sentences) {
    await pace();
    const answered = answersWhoElse(parsed, sentence) ? namesAnsweringWhoElse(sentence) : [];
    for (const name of [...discoveredIn(sentence), ...answered]) {
      const isKnown = (one: Known) => findByPattern(one, name) !== undefined || soundsLike(name, one.name);
      if (!wanted.some(isKnown) && !excluded.some(isKnown)) wanted.push(...known([name]));
    }
  }
}

/** Where names stand in a conversation, in the order of their first mention; those of `others` are left out. */
export async function findCompetitors(
  parsed: ParsedConversation,
  names: readonly string[],
  others: readonly string[],
): Promise<Competitor[]> {
  const pace = createPace();
  const excluded = known(others);
  const isExcluded = (name: string) =>
    excluded.some((other) => nameKey(other.name) === nameKey(name) || findByPattern(other, name) !== undefined);
  const wanted = known(names.filter((name) => !isExcluded(name)));
  await discover(parsed, wanted, excluded);
  const all = [...wanted, ...excluded];
  const found = new Map<string, NamedSentence[]>();
  for (const sentence of parsed.sentences) {
    await pace();
    for (const one of wanted) {
      const place = findName(one, sentence, all);
      if (place === undefined) continue;
      const masked = `${sentence.text.slice(0, place[0])}@${sentence.text.slice(place[1])}`;
      const named = found.get(one.name);
      if (named === undefined) found.set(one.name, [{ sentence, masked }]);
      else named.push({ sentence, masked });
    }
  }
  return [...found].map(([name, sentences]) => ({ name, sentences }));
}
