import { magnitudes, numberWords, ordinalWords } from './lexicon/number-words.js';
import { matchesIn } from './matches.js';

/** A word, a number in digits, or a sign. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern = /\d{1,3}(?:[,'\u00a0\u202f. ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\p{L}+|[%€$£¥₹]/gu;

export const piecesOf = (text: string): Piece[] =>
  matchesIn(text, pattern).map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));

function digits(text: string): number {
  if (/^\d{1,3}(?:[,'\u00a0\u202f. ]\d{3})+(?:\.\d+)?$/.test(text) && !/^0[.,]/.test(text)) {
    const decimals = /^\d{1,3}(?:,\d{3})+(\.\d+)$/.exec(text)?.[1] ?? '';
    const whole = decimals === '' ? text : text.slice(0, -decimals.length);
    return Number(whole.replace(/\D/g, '') + decimals);
  }
  return Number(text.replace(',', '.'));
}

/** What lies between two pieces; a number goes on over spaces and hyphens only. */
const isJoined = (text: string, left: Piece, right: Piece): boolean =>
  /^[ \-‐‑]*$/.test(text.slice(left.end, right.start));

/** Reads numbers from a row of words, one at a time. */
class NumberReader {
  private total = 0;
  private current = 0;
  private last: 'UNIT' | 'TENS' | 'HUNDRED' | 'MAGNITUDE' | 'DIGITS' | 'NONE' = 'NONE';

  private readonly small = (value: number): boolean => {
    const fits =
      this.last === 'NONE' ||
      this.last === 'HUNDRED' ||
      this.last === 'MAGNITUDE' ||
      (this.last === 'TENS' && value > 0 && value < 10);
    if (!fits) return false;
    this.current += value;
    this.last = value >= 20 ? 'TENS' : 'UNIT';
    return true;
  };

  /** Whether the word belongs to the number that is being read. */
  take(piece: Piece): boolean {
    const word = numberWords.get(piece.text);
    if (word !== undefined) return this.small(word);
    if (/^\d/.test(piece.text)) return this.last === 'NONE' && this.set(digits(piece.text));
    if (piece.text === 'hundred') return this.multiply(100);
    const magnitude = magnitudes.get(piece.text);
    return magnitude !== undefined && this.last !== 'NONE' && this.raise(magnitude);
  }

  /** Whether `and` may go on: two hundred and five. */
  get takesAnd(): boolean {
    return this.last === 'HUNDRED' || this.last === 'MAGNITUDE';
  }

  get value(): number {
    return this.total + this.current;
  }

  addHalf(): void {
    this.current += 0.5;
  }

  /** `a` before hundred, thousand and so on. */
  startWithOne(): void {
    this.set(1);
    this.last = 'UNIT';
  }

  private set(value: number): boolean {
    this.current = value;
    this.last = 'DIGITS';
    return true;
  }

  private multiply(by: number): boolean {
    if (this.last === 'NONE' || this.last === 'HUNDRED') return false;
    this.current = (this.current === 0 ? 1 : this.current) * by;
    this.last = 'HUNDRED';
    return true;
  }

  private raise(magnitude: number): boolean {
    if (this.last === 'MAGNITUDE' && this.current === 0) {
      this.total *= magnitude;
      return true;
    }
    this.total += this.current * magnitude;
    this.current = 0;
    this.last = 'MAGNITUDE';
    return true;
  }
}

const startsNumber = (piece: Piece): boolean => numberWords.has(piece.text) || /^\d/.test(piece.text);

const isArticleOfNumber = (piece: Piece, next: Piece | undefined): boolean =>
  /^an?$/.test(piece.text) &&
  next !== undefined &&
  (next.text === 'hundred' || (magnitudes.has(next.text) && next.text.length > 2));

const isTensThenUnit = (value: number, unit: number): boolean => value >= 20 && value % 10 === 0 && unit < 10;

export interface ReadNumber {
  readonly value: number;
  /** Where reading goes on. */
  readonly next: number;
  readonly isOrdinal: boolean;
}

/** `and a half` after a number, maybe before its magnitude. */
const isHalf = (pieces: readonly Piece[], at: number): boolean =>
  pieces[at]?.text === 'and' && pieces[at + 1]?.text === 'a' && pieces[at + 2]?.text === 'half';

/** How many pieces belong to the number from here on; 0 when it ends. */
function takePieces(reader: NumberReader, pieces: readonly Piece[], at: number): number {
  const piece = pieces[at];
  if (piece === undefined) return 0;
  if (reader.take(piece)) return 1;
  if (isHalf(pieces, at)) {
    reader.addHalf();
    return 3;
  }
  return piece.text === 'and' && reader.takesAnd && numberWords.has(pieces[at + 1]?.text ?? '') ? 1 : 0;
}

interface End {
  readonly at: number;
  /** Set where the number ends in an ordinal: `twenty-first`. */
  readonly ordinal?: number;
}

/** Takes pieces for as long as the number goes on. */
function readOn(text: string, pieces: readonly Piece[], reader: NumberReader, from: number): End {
  let at = from;
  for (;;) {
    const [previous, piece] = [pieces[at - 1], pieces[at]];
    if (piece === undefined || (at > from && previous !== undefined && !isJoined(text, previous, piece))) return { at };
    const unit = ordinalWords.get(piece.text);
    if (unit !== undefined && isTensThenUnit(reader.value, unit)) return { at: at + 1, ordinal: reader.value + unit };
    const taken = takePieces(reader, pieces, at);
    if (taken === 0) return { at };
    at += taken;
  }
}

const isOrdinalEnding = (piece: Piece | undefined, previous: Piece | undefined): boolean =>
  piece !== undefined && /^(?:st|nd|rd|th)$/.test(piece.text) && piece.start === previous?.end;

/** The number that begins at a piece; undefined where none does. */
export function readNumber(text: string, pieces: readonly Piece[], from: number): ReadNumber | undefined {
  const first = pieces[from];
  if (first === undefined) return undefined;
  const ordinal = ordinalWords.get(first.text);
  if (ordinal !== undefined) return { value: ordinal, next: from + 1, isOrdinal: true };
  const hasArticle = isArticleOfNumber(first, pieces[from + 1]);
  if (!hasArticle && !startsNumber(first)) return undefined;
  const reader = new NumberReader();
  if (hasArticle) reader.startWithOne();
  const end = readOn(text, pieces, reader, hasArticle ? from + 1 : from);
  if (end.ordinal !== undefined) return { value: end.ordinal, next: end.at, isOrdinal: true };
  const isOrdinal = isOrdinalEnding(pieces[end.at], pieces[end.at - 1]);
  return { value: reader.value, next: isOrdinal ? end.at + 1 : end.at, isOrdinal };
}
