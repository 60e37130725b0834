import type { Evidence } from '@harmony/contracts';
import { foldText } from './folded-text.js';
import { nearMatch, type Piece } from './near-match.js';
import type { QuotableTurn, TranscriptText } from './transcript-text.js';

/** A quote as somebody gives it. */
export interface Quotation {
  readonly turn: number;
  readonly quote: string;
  readonly part: string | null;
}

/** UTF-16 code units of a quote; a longer one is cut at the end. */
export const maximumQuoteLength = 2000;

/** How many turns around the named one a quote may be found in. */
const neighbours = 3;
/** Shorter quotes stand anywhere, so they prove nothing outside of the turn that was named. */
export const tellingLength = 12;

/**
 * Finds a quote in the transcript and gives back what really stands there, so that `text.slice(start, end) === quote`
 * to the letter. A quote that differs in case, accents, punctuation or spaces, and one that misses a word or so, is
 * taken from the text; one that is in another turn is moved there. Undefined where the transcript says no such thing.
 */
export function anchorEvidence(text: TranscriptText, { turn, quote, part }: Quotation): Evidence | undefined {
  const wanted = quote.trim();
  if (!/[\p{L}\p{N}]/u.test(wanted)) return undefined;
  const around = aroundOf(text, turn);
  return (
    found(text, around, part, (candidate) => exactPiece(candidate, wanted)) ??
    found(text, around, part, (candidate) => foldedPiece(candidate, wanted)) ??
    found(text, around.slice(0, 3), part, ({ text: spoken }) => nearMatch(spoken, wanted)) ??
    (wanted.length < tellingLength
      ? undefined
      : found(text, text.turns, part, (candidate) => exactPiece(candidate, wanted)))
  );
}

/** Every quotation that can be found; the same piece for the same part once. */
export function anchorAll(text: TranscriptText, quotations: readonly Quotation[]): Evidence[] {
  const anchored = new Map<string, Evidence>();
  for (const quotation of quotations) {
    const evidence = anchorEvidence(text, quotation);
    if (evidence) anchored.set(`${evidence.start}-${evidence.end}-${evidence.part ?? ''}`, evidence);
  }
  return [...anchored.values()];
}

/** Whether evidence says what stands in the transcript, to the letter (B1). */
export function isVerified(text: TranscriptText, { turn, quote, start, end, startInTurn }: Evidence): boolean {
  const spoken = text.turn(turn)?.text;
  return (
    spoken?.slice(startInTurn, startInTurn + quote.length) === quote &&
    start === (text.startOf(turn) ?? NaN) + startInTurn &&
    end === start + quote.length
  );
}

/** The named turn first, then those beside it, the nearest first. */
function aroundOf(text: TranscriptText, turn: number): QuotableTurn[] {
  const distances = Array.from({ length: neighbours }, (_, index) => index + 1);
  const indexes = [turn, ...distances.flatMap((distance) => [turn - distance, turn + distance])];
  return indexes.map((index) => text.turn(index)).filter((one) => one !== undefined);
}

function found(
  text: TranscriptText,
  candidates: readonly QuotableTurn[],
  part: string | null,
  find: (candidate: QuotableTurn) => Piece | undefined,
): Evidence | undefined {
  for (const candidate of candidates) {
    const piece = find(candidate);
    if (piece) return evidenceAt(text, candidate, piece, part);
  }
  return undefined;
}

function exactPiece({ text }: QuotableTurn, quote: string): Piece | undefined {
  const start = text.indexOf(quote);
  return start < 0 ? undefined : { start, end: start + quote.length };
}

function foldedPiece({ text }: QuotableTurn, quote: string): Piece | undefined {
  const wanted = foldText(quote).text.trim();
  const spoken = foldText(text);
  const at = ` ${spoken.text} `.indexOf(` ${wanted} `);
  const first = spoken.origins[at];
  const last = spoken.origins[at + wanted.length - 1];
  if (at < 0 || first === undefined || last === undefined) return undefined;
  return { start: first, end: last + String.fromCodePoint(text.codePointAt(last) ?? 0).length };
}

/** What a turn says from there to there, as evidence. */
export function evidenceAt(text: TranscriptText, turn: QuotableTurn, piece: Piece, part: string | null): Evidence {
  const quote = whole(turn.text.slice(piece.start, Math.min(piece.end, piece.start + maximumQuoteLength)));
  const start = (text.startOf(turn.index) ?? 0) + piece.start;
  const { startMs, endMs } = turn;
  return { quote, turn: turn.index, start, end: start + quote.length, startInTurn: piece.start, startMs, endMs, part };
}

/** Without half a character at the end. */
const whole = (quote: string): string => quote.replace(/[\uD800-\uDBFF]$/, '');
