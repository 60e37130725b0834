import { quantitiesIn, type Quantity } from '../language/quantities.js';

/** A text with signs in the place of its figures, so that patterns can speak of them. */
export interface MaskedFigures {
  /** `#P` stands for a share, `#M` for an amount, `#N` for any other number. */
  readonly text: string;
  readonly figures: readonly { readonly quantity: Quantity; readonly at: number }[];
}

const countedThings =
  /^(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?|o|am|pm|people|sites?|doors?|times?|x|users?|seats?|percent|pages?|of|point|points)$/;

/** Amounts are often named without a currency: "knock five hundred off". */
const isAmount = ({ kind, value, unit }: Quantity): boolean =>
  kind === 'MONEY' || (kind === 'NUMBER' && value >= 50 && !countedThings.test(unit ?? ''));

function signOf(quantity: Quantity): string {
  if (quantity.kind === 'PERCENT') return '#P';
  return isAmount(quantity) ? '#M' : '#N';
}

export function maskFigures(text: string): MaskedFigures {
  const figures: { quantity: Quantity; at: number }[] = [];
  let masked = '';
  let from = 0;
  for (const quantity of quantitiesIn(text)) {
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
