import { currencyWords, percentWords } from './lexicon/number-words.js';
import { piecesOf, readNumber, type Piece, type ReadNumber } from './number-reader.js';

/** A number that somebody said, in digits or in words. */
export interface Quantity {
  readonly kind: 'NUMBER' | 'PERCENT' | 'MONEY' | 'ORDINAL';
  readonly value: number;
  /** ISO 4217; null where none was said. */
  readonly currency: string | null;
  /** The word behind the number, in lower case: `days` in "ten days"; null for none. */
  readonly unit: string | null;
  /** Offsets in the text, sign, magnitude and currency included. */
  readonly start: number;
  readonly end: number;
}

interface Sign {
  readonly kind: 'MONEY' | 'PERCENT' | 'NUMBER';
  readonly currency: string | null;
  readonly taken: number;
}

/** What stands behind the number: per cent, or a currency, maybe after a full stop ("a hundred. Pounds."). */
function signBehind(text: string, pieces: readonly Piece[], at: number): Sign {
  const [next, afterNext] = [pieces[at], pieces[at + 1]];
  const previous = pieces[at - 1];
  const bare: Sign = {
    kind: /^(?:grand|quid)$/.test(previous?.text ?? '') ? 'MONEY' : 'NUMBER',
    currency: null,
    taken: 0,
  };
  if (next === undefined || previous === undefined) return bare;
  if (!/^[\s.-]{0,2}$/.test(text.slice(previous.end, next.start))) return bare;
  if (percentWords.has(next.text)) return { kind: 'PERCENT', currency: null, taken: 1 };
  if (next.text === 'per' && afterNext?.text === 'cent') return { kind: 'PERCENT', currency: null, taken: 2 };
  const currency = currencyWords.get(next.text);
  return currency === undefined ? bare : { kind: 'MONEY', currency, taken: 1 };
}

/** The currency that stands before the number, as its sign does. */
function currencyBefore(text: string, before: Piece | undefined, first: Piece): string | null {
  if (before === undefined || !/^ ?$/.test(text.slice(before.end, first.start))) return null;
  return currencyWords.get(before.text) ?? null;
}

/** The word behind the number. */
function unitBehind(text: string, last: Piece, behind: Piece | undefined): string | null {
  return behind !== undefined && /^[ -]$/.test(text.slice(last.end, behind.start)) ? behind.text : null;
}

function quantityOf(text: string, pieces: readonly Piece[], from: number, read: ReadNumber) {
  const [first, before] = [pieces[from], pieces[from - 1]];
  const sign = read.isOrdinal
    ? { kind: 'ORDINAL' as const, currency: null, taken: 0 }
    : signBehind(text, pieces, read.next);
  const next = read.next + sign.taken;
  const last = pieces[next - 1];
  if (first === undefined || last === undefined) return { next, quantity: undefined };
  const prefix = currencyBefore(text, before, first);
  const quantity: Quantity = {
    kind: prefix !== null && sign.kind === 'NUMBER' ? 'MONEY' : sign.kind,
    value: read.value,
    currency: sign.currency ?? prefix,
    unit: unitBehind(text, last, pieces[next]),
    start: prefix === null ? first.start : (before?.start ?? first.start),
    end: last.end,
  };
  return { next, quantity };
}

/** `one` that counts nothing: "that one", "one of them". */
const isPronoun = (text: string, { kind, unit, start, end }: Quantity): boolean =>
  kind === 'NUMBER' &&
  /^one$/i.test(text.slice(start, end)) &&
  (unit === null || /^(?:of|and|or|to|is|in|at|by|for|more|thing|that|who|which|with|could|can|would|was)$/.test(unit));

/** The numbers of a text, in its order. "one" alone counts only before a word of its own ("one site", "one percent"). */
export function quantitiesIn(text: string): Quantity[] {
  const pieces = piecesOf(text);
  const found: Quantity[] = [];
  let at = 0;
  while (at < pieces.length) {
    const read = readNumber(text, pieces, at);
    const { next, quantity } =
      read === undefined ? { next: at + 1, quantity: undefined } : quantityOf(text, pieces, at, read);
    if (quantity !== undefined && !isPronoun(text, quantity)) found.push(quantity);
    at = next;
  }
  return found;
}
