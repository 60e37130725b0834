import type { SpokenSentence } from '../language/conversation.js';
import { lowerPriceWanted, otherScope } from './discount-cues.js';
import type { MaskedFigures } from './masked-figures.js';
import type { StatedAmount } from './stated-amounts.js';

/** Turns behind the wish for a lower price in which a price is the answer to it. */
const reach = 2;
/** How many times dearer the price before may have been: more is another price. */
const dearer = 1.4;
/** Prices that were named last, among which the one that is lowered is looked for. */
const kept = 12;

const offersPrice =
  /\b(?:i|we)(?:['’]ll|['’]d| can| could| would| will) (?:\w+ ){0,2}?(?:do|make|go|offer|give|let|come|meet)\b[^#]{0,30}#M|\b(?:make|call) it #M|\bdown to #M/i;

/**
 * Hears the host come down with the price over several turns: "3.10 is too much." - "I could do 2.95." Knows the last
 * prices, and the last turn in which somebody wanted less.
 */
export class LowerOffer {
  private prices: StatedAmount[] = [];
  private wantedAt = -Infinity;

  /** By how much the sentence comes down; undefined where it does not. Sentences come in their order. */
  hear({ role, turn }: SpokenSentence, masked: MaskedFigures): StatedAmount | undefined {
    const sums = masked.figures.filter(({ at }) => masked.text.startsWith('#M', at)).map(({ quantity }) => quantity);
    const [offered] = sums;
    const isOffer = role === 'HOST' && turn - this.wantedAt <= reach && offersPrice.test(masked.text);
    const before =
      isOffer && offered !== undefined && sums.length === 1 && !otherScope.test(masked.text)
        ? this.prices.findLast(({ value }) => value > offered.value && value <= dearer * offered.value)
        : undefined;
    if (role !== 'HOST' && lowerPriceWanted.test(masked.text)) this.wantedAt = turn;
    this.prices = [...this.prices, ...sums].slice(-kept);
    if (before === undefined || offered === undefined) return undefined;
    const value = Math.round((before.value - offered.value) * 100) / 100;
    return { value, currency: before.currency ?? offered.currency };
  }
}
