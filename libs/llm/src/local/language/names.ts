import { commonCapitalised, organisationWords, roleWords } from './lexicon/name-words.js';
import type { Token } from './parse-text.js';

/** A name by which somebody called a person, a company, a place or a product. */
export interface Name {
  readonly text: string;
  /** Offsets in the text that was parsed. */
  readonly start: number;
  readonly end: number;
  /** Whether the words around tell that it is a person: a title, a role, something that only people do. */
  readonly isPerson: boolean;
}

const capital = /^\p{Lu}[\p{L}\p{M}'’.&-]*$/u;
const joining = new Set([
  'of',
  'de',
  'van',
  'von',
  'der',
  'den',
  'la',
  'le',
  'du',
  'di',
  'da',
  'al',
  'el',
  'bin',
  'und',
  '&',
]);
const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'professor',
  'sir',
  'madame',
  'madam',
  'herr',
  'frau',
  'mr.',
  'mrs.',
  'ms.',
  'dr.',
]);
const personVerbs =
  /^(?:says?|said|asks?|asked|wants?|signs?|signed|decides?|decided|approves?|approved|thinks?|thought|told|tells|knows?|knew|handles?|runs|leads|chairs|joins?|joined|left|called|rang|writes|wrote|needs|agrees?|agreed|likes?|hates?|loves?|holds|has|does|is|was|will|would|can|sends?|pulls|checks|gives?|keeps|insists?|prefers|makes|takes|gets|might|may|must|won't|wouldn't)$/u;

/** Whether a word is written like a name where it stands. */
function looksLikeName(token: Token | undefined, isFirst: boolean): boolean {
  if (token === undefined || !capital.test(token.text) || token.text === 'I') return false;
  if (commonCapitalised.has(token.lower)) return false;
  if (!isFirst) return true;
  return token.tag === 'PROPN' || token.tag === 'X';
}

/** The last word of the name that begins here. */
function endOfName(tokens: readonly Token[], from: number): number {
  let last = from;
  for (let at = from + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (looksLikeName(token, false)) last = at;
    else if (!joining.has(token.lower) || at - last > 2) break;
  }
  return last;
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.lower ?? '';

/** A title or a role before the name: "our director Ada". */
const isTitled = (tokens: readonly Token[], first: number): boolean =>
  [wordAt(tokens, first - 1), wordAt(tokens, first)].some((word) => titles.has(word)) ||
  roleWords.has(wordAt(tokens, first - 1)) ||
  (wordAt(tokens, first - 1) === ',' && roleWords.has(wordAt(tokens, first - 2)));

/** A role behind the name: "Ada, our director". */
const isExplained = (tokens: readonly Token[], last: number): boolean =>
  /^(?:,|is|'s)$/u.test(wordAt(tokens, last + 1)) &&
  [2, 3, 4].some((distance) => roleWords.has(wordAt(tokens, last + distance)));

const isPersonAt = (tokens: readonly Token[], first: number, last: number): boolean =>
  isTitled(tokens, first) || personVerbs.test(wordAt(tokens, last + 1)) || isExplained(tokens, last);

const beginsSentence = (tokens: readonly Token[], at: number): boolean =>
  at === 0 || /^(?:[.!?:"“(…—-]|\.\.\.)$/u.test(tokens[at - 1]?.text ?? '');

/** Names in a sentence, in its order; `text` is that of the sentence. */
export function namesIn(tokens: readonly Token[], text: string): Name[] {
  const base = tokens[0]?.start ?? 0;
  const found: Name[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const [first] = tokens.slice(at, at + 1);
    if (first === undefined || !looksLikeName(first, beginsSentence(tokens, at))) continue;
    const last = endOfName(tokens, at);
    const end = tokens[last]?.end ?? first.end;
    const words = text.slice(first.start - base, end - base);
    const isOrganisation = words.split(/\s+/u).some((word) => organisationWords.has(word.toLowerCase()));
    found.push({ text: words, start: first.start, end, isPerson: !isOrganisation && isPersonAt(tokens, at, last) });
    at = last;
  }
  return found;
}
