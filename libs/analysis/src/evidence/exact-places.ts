import type { TranscriptText } from './transcript-text.js';
import type { Piece } from './near-match.js';

/** A piece of a turn; offsets count from the start of the turn. */
export interface ExactPlace extends Piece {
  readonly turn: number;
}

/** Every place in `to` that says a quote to the letter, as whole words if it is of whole words in `from`. */
export function exactPlaces(
  quote: string,
  from: TranscriptText,
  source: ExactPlace,
  to: TranscriptText,
): readonly ExactPlace[] {
  const isWhole = isOfWholeWords(from.turn(source.turn)?.text ?? '', source);
  return to.turns.flatMap(({ index: turn, text }) =>
    placesIn(text, quote)
      .map((start) => ({ turn, start, end: start + quote.length }))
      .filter((place) => !isWhole || isOfWholeWords(text, place)),
  );
}

function placesIn(text: string, quote: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) places.push(at);
  return places;
}

const insideWord = /^[\p{L}\p{N}]{2}/u;

/** Neither of its ends is inside a word. */
const isOfWholeWords = (text: string, { start, end }: Piece): boolean =>
  [start, end].every(
    (at) => !insideWord.test(`${lastCharacter(text.slice(Math.max(0, at - 2), at))}${text.slice(at, at + 2)}`),
  );

/** Never half of one. */
const lastCharacter = (text: string): string => [...text].at(-1) ?? ' ';
