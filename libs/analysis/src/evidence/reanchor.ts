import type { Evidence } from '@harmony/contracts';
import { alignWords } from './align-words.js';
import { evidenceAt, tellingLength } from './anchor-evidence.js';
import { exactPlaces, type ExactPlace } from './exact-places.js';
import { likeness } from './likeness.js';
import type { TranscriptText } from './transcript-text.js';
import { transcriptWords, type SpokenWord } from './transcript-words.js';

/**
 * Where evidence of one transcript stands in another one of the same conversation. EXACT: the same words, to the letter.
 * NEAR: other words, which are what the other transcript says at that place. The evidence is of the other transcript.
 */
export type Reanchored =
  | { readonly match: 'EXACT' | 'NEAR'; readonly evidence: Evidence }
  | { readonly match: 'NOT_FOUND'; readonly evidence: null };

interface Place extends ExactPlace {
  readonly likeness: number;
}

/** Words before and behind a quote that tell which of several places is meant. */
const contextWords = 12;
/** Of the letters of a quote, the share that must be in place for its place to say nearly the same. */
const nearLikeness = 0.5;

/**
 * Finds again in `to` what is quoted from `from`, by the words around it: two engines cut turns at other places, hear
 * other words and state other times. Nothing is dropped: what cannot be found is said to be NOT_FOUND.
 */
export function reanchor(evidence: Evidence, from: TranscriptText, to: TranscriptText): Reanchored {
  const place = placeOf(evidence, from, to);
  const isNear = place !== undefined && place.likeness >= nearLikeness;
  const exact = exactPlace(evidence, from, to, isNear ? place : undefined);
  if (exact) return found('EXACT', exact, evidence, to);
  return place && isNear ? found('NEAR', place, evidence, to) : { match: 'NOT_FOUND', evidence: null };
}

function found(
  match: 'EXACT' | 'NEAR',
  { turn: index, ...piece }: ExactPlace,
  { part }: Evidence,
  to: TranscriptText,
): Reanchored {
  const turn = to.turn(index);
  return turn ? { match, evidence: evidenceAt(to, turn, piece, part) } : { match: 'NOT_FOUND', evidence: null };
}

/** What the other transcript says where the quote is to be expected, within one turn. */
function placeOf(evidence: Evidence, from: TranscriptText, to: TranscriptText): Place | undefined {
  const [before, after] = [transcriptWords(from), transcriptWords(to)];
  const quoted = quotedWords(evidence, before);
  if (!quoted) return undefined;
  const start = Math.max(0, quoted.first - contextWords);
  const context = before.slice(start, quoted.last + 1 + contextWords).map(({ folded }) => folded);
  const expected = (quoted.last / before.length) * after.length;
  const partners = alignWords(context, after.map(foldedOf), expected);
  const [first, last] = [quoted.first - start, quoted.last - start];
  const own = partners.slice(first, last + 1).filter((partner) => partner !== undefined);
  const tight = { first: own[0] ?? Infinity, last: own.at(-1) ?? -Infinity };
  // Between its neighbours: one word may have become two.
  const wide = {
    first: (partners[first - 1] ?? tight.first - 1) + 1,
    last: (partners[last + 1] ?? tight.last + 1) - 1,
  };
  const wanted = before
    .slice(quoted.first, quoted.last + 1)
    .map(foldedOf)
    .join(' ');
  const spans = [tight, wide].flatMap((span) => withinTurns(after.slice(span.first, span.last + 1)));
  const places = spans.map((words) => placeOfWords(words, wanted));
  return places.reduce<Place | undefined>(
    (best, place) => (best && best.likeness >= place.likeness ? best : place),
    undefined,
  );
}

const foldedOf = ({ folded }: Pick<SpokenWord, 'folded'>): string => folded;

/** Positions of the first and the last word of the quote. */
function quotedWords(
  { turn, startInTurn, quote }: Evidence,
  words: readonly SpokenWord[],
): { readonly first: number; readonly last: number } | undefined {
  const isQuoted = (word: SpokenWord): boolean =>
    word.turn === turn && word.end > startInTurn && word.start < startInTurn + quote.length;
  const first = words.findIndex(isQuoted);
  return first < 0 ? undefined : { first, last: words.findLastIndex(isQuoted) };
}

/** Evidence lies in one turn, so words that fall into several are several candidates. */
function withinTurns(words: readonly SpokenWord[]): SpokenWord[][] {
  const spans: SpokenWord[][] = [];
  for (const word of words) {
    const current = spans.at(-1);
    if (current?.[0]?.turn === word.turn) current.push(word);
    else spans.push([word]);
  }
  return spans;
}

const placeOfWords = (words: readonly SpokenWord[], wanted: string): Place => ({
  turn: words[0]?.turn ?? 0,
  start: words[0]?.start ?? 0,
  end: words.at(-1)?.end ?? 0,
  likeness: likeness(words.map(foldedOf).join(' '), wanted),
});

/**
 * The quote to the letter: at the place that says nearly the same, or in the same turn; where no place does, the nearest
 * one in the whole transcript. A short one stands anywhere, so it counts at its place only.
 */
function exactPlace(
  { quote, turn, startInTurn }: Evidence,
  from: TranscriptText,
  to: TranscriptText,
  place: Place | undefined,
): ExactPlace | undefined {
  const source = { turn, start: startInTurn, end: startInTurn + quote.length };
  const isTelling = quote.length >= tellingLength;
  const distance = (one: ExactPlace): number => {
    if (!place) return Math.abs(one.turn - turn);
    const isThere = one.turn === place.turn && one.start < place.end && place.start < one.end;
    return isThere ? 0 : 1 + Math.abs(one.start - place.start);
  };
  const [nearest] = exactPlaces(quote, from, source, to)
    .filter((one) => (place ? one.turn === place.turn && (isTelling || distance(one) === 0) : isTelling))
    .toSorted((one, other) => distance(one) - distance(other));
  return nearest;
}
