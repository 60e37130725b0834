import type { Quantity } from '../language/quantities.js';
import { maskFigures, type MaskedFigures } from './masked-figures.js';

export interface StatedAmount {
  readonly value: number;
  /** ISO 4217; null where none was said. */
  readonly currency: string | null;
}

/** Patterns with one amount that comes off. */
const comesOff = [
  /(?:off|waiv\w*|discount of|rebate of|reduction of|reduce\w* .{0,20}by|lower\w* .{0,20}by|credit\w* (?:you )?(?:of |for )?|giv\w+ you|save\w* you|discount (?:is|would be)) (?:you |another |the |that |about |a |up to )*#M/i,
  /waiv\w* (?:[\w-]+ ){0,4}(?:of |over )?#M|minus #M|saves? (?:you )?#M|(?:down|cheaper|lower) by (?:\w+ )?#M/i,
  /#M(?: \w+){0,4}? off\b|#M (?:(?!for|with|at|is)\w+ )?(?:discount|rebate|reduction|credit|cheaper|less)\b|(?:take|knock|shave|cut)\w* #M/i,
  /#M (?:\w+ ){0,3}?(?:(?:that )?(?:you|we) (?:don['’]t|won['’]t|wouldn['’]t) (?:have to )?pay|in your pocket|you['’]d save|you save)/i,
  /#M,? (?:\w+ ){0,2}?(?:as|in) (?:a )?(?:credit|refund|compensation|goodwill)\b|\b(?:refund|credit|compensat)\w*[^.#]{0,40}#M/i,
  /\b(?:leav|drop|skip|forget|waiv|charg)\w* [^.#]{0,60}\b(?:that['’]s|that is|which is|of|worth) #M/i,
];
/** What was the price, and what it becomes. */
const lowered = [
  /(?:from|was|instead of) #M(?: \w+){0,4}? (?:down to|to|now|becomes) #M/i,
  /(?:was|were|is|at) #M(?: [\w'’]+){0,3}?, (?:(?:and|but|so) )?(?:now |then )(?:it['’]s |it is |it would be |at )?#M/i,
];
const raisedBack = [
  /#M(?: [\w'’]+){0,3}? (?:instead of|rather than|not the|in place of) #M/i,
  /down to #M(?: \w+){0,3}? from #M/i,
];

const isOffer =
  /\b(?:prices?|fees?|rates?|cost|premium|quote|offer|total|invoice|licen[cs]e|discount\w*|per|each|(?:i|we)(?: can| could| would|['’]ll|['’]d) (?:do|make|go|come|offer|give|charge))\b/i;
const isOtherChange = /\b(?:went|fell|dropped|declined|gone|shrank|sank|shrunk)\b/i;

const figuresFrom = ({ text, figures }: MaskedFigures, from: number): Quantity[] =>
  figures.filter(({ at }) => at >= from && text.startsWith('#M', at)).map(({ quantity }) => quantity);

function changeBy({ masked, patterns }: { masked: MaskedFigures; patterns: readonly RegExp[] }): Quantity[] {
  const index = patterns.map((pattern) => pattern.exec(masked.text)?.index ?? -1).find((at) => at >= 0);
  return index === undefined ? [] : figuresFrom(masked, index).slice(0, 2);
}

const toCents = (value: number): number => Math.round(value * 100) / 100;

/** By how much a price goes down where the old and the new one are named; undefined where none does. */
export function priceChange(
  masked: MaskedFigures,
  talk: { isHost: boolean; isOpen: boolean },
): StatedAmount | undefined {
  const down = changeBy({ masked, patterns: lowered });
  const [old, now] = down.length === 2 ? down : changeBy({ masked, patterns: raisedBack }).reverse();
  if (old === undefined || now === undefined || old.value <= now.value) return undefined;
  const isPrice = talk.isOpen || (talk.isHost && [old, now].some(({ kind }) => kind === 'MONEY'));
  if (!isPrice && !isOffer.test(masked.text)) return undefined;
  if (isOtherChange.test(masked.text)) return undefined;
  return { value: toCents(old.value - now.value), currency: old.currency ?? now.currency };
}

const figureAt = ({ figures }: MaskedFigures, text: string, at: number): Quantity | undefined =>
  figures.find((figure) => figure.at === at + text.indexOf('#M'))?.quantity;

/** The first amount that a sentence takes off a price. */
export function amountOff(masked: MaskedFigures): StatedAmount | undefined {
  for (const pattern of comesOff) {
    const match = pattern.exec(masked.text);
    const quantity = match === null ? undefined : figureAt(masked, match[0], match.index);
    if (quantity !== undefined) return { value: quantity.value, currency: quantity.currency };
  }
  return undefined;
}

/** All sums in a sentence, with or without a currency. */
export const sumsIn = (text: string): StatedAmount[] =>
  figuresFrom(maskFigures(text), 0).map(({ value, currency }) => ({ value, currency }));
