import type { Quantity } from '../language/quantities.js';
import { isBare, priceFiguresIn } from './price-figures.js';

/** A text with signs in the place of its figures, so that patterns can speak of them. */
export interface MaskedFigures {
  /** `#P` stands for a share, `#M` for an amount, `#N` for any other number; ordinals stay. */
  readonly text: string;
  readonly figures: readonly { readonly quantity: Quantity; readonly at: number }[];
}

/** Amounts are often named without a currency: "knock five hundred off", "2.90 instead of 3.05". */
export const isAmount = (quantity: Quantity): boolean =>
  quantity.kind === 'MONEY' || (isBare(quantity) && (quantity.value >= 50 || !Number.isInteger(quantity.value)));

function signOf(quantity: Quantity): string {
  if (quantity.kind === 'PERCENT') return '#P';
  return isAmount(quantity) ? '#M' : '#N';
}

export function maskFigures(text: string): MaskedFigures {
  const figures: { quantity: Quantity; at: number }[] = [];
  let masked = '';
  let from = 0;
  for (const quantity of priceFiguresIn(text).filter(({ kind }) => kind !== 'ORDINAL')) {
    masked += text.slice(from, quantity.start);
    figures.push({ quantity, at: masked.length });
    masked += signOf(quantity);
    from = quantity.end;
  }
  return { text: masked + text.slice(from), figures };
}

/** What stands next to a figure. */
export const around = ({ text }: MaskedFigures, at: number, before = 25, behind = 30): string =>
  text.slice(Math.max(0, at - before), at + behind);
