import type { Token } from '../language/parse-text.js';
import { placeWords, received } from './ask-words.js';

const helping = /^(?:did|do|does|has|have|had|will|would|can|could|be|is|are|was|were)$/u;
const being = /^(?:be|been|is|are|was|were)$/u;
const anyone = /^(?:anyone|anybody|someone|somebody|who|person)$/u;

/** Whether a word is a place in the conversation: "at the end". */
const isPlace = (tokens: readonly Token[], token: Token): boolean =>
  placeWords.has(token.lemma) && tokens[tokens.indexOf(token) - 1]?.lower === 'the';

/** Whether a word is what is to be counted: "how many guests", "tables or guests". */
export const isCounted = (tokens: readonly Token[], token: Token): boolean =>
  /^(?:many|or|of)$/u.test(tokens[tokens.indexOf(token) - 1]?.lower ?? '');

const lowerAt = (tokens: readonly Token[], at: number): string => tokens[at]?.lower ?? '';

/** "is the budget approved", "has the order been placed": something is done to it. */
const isPassive = (tokens: readonly Token[], at: number): boolean =>
  [at - 2, at + 1].some((place) => being.test(lowerAt(tokens, place))) &&
  tokens.slice(at + 1, at + 4).some(({ lower }) => /(?:ed|en|id|t|wn)$/u.test(lower) && !received.test(lower));

/** "the florist says", "did the florist say" */
function isSubject(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.tag;
  const isBeforeVerb = (at === 1 || helping.test(lowerAt(tokens, at - 2))) && (next === 'VERB' || next === 'ADV');
  return isBeforeVerb && !isPassive(tokens, at);
}

/** "anyone from the bakery" */
const isOrigin = (tokens: readonly Token[], at: number): boolean =>
  /^(?:from|at|by)$/u.test(lowerAt(tokens, at - 2)) && anyone.test(lowerAt(tokens, at - 3));

/** Whoever is said to have or to do something is a party, and not what it is about: "the florist's lease". */
function isParty(tokens: readonly Token[], token: Token): boolean {
  const at = tokens.indexOf(token);
  const isNamed = token.tag === 'NOUN' && /^(?:the|this|that|their)$/u.test(lowerAt(tokens, at - 1));
  if (!isNamed) return false;
  const isOwner = /^['’]s?$/u.test(tokens[at + 1]?.text ?? '');
  return isOwner || isSubject(tokens, at) || isOrigin(tokens, at);
}

/** Whether a word says who or at which point of the conversation, and not what. */
export const isBesideTheMatter = (tokens: readonly Token[], token: Token): boolean =>
  isPlace(tokens, token) || isParty(tokens, token);
