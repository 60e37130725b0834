import type { SpokenSentence } from '../language/conversation.js';
import { lowerPriceWanted, otherScope, push } from './discount-cues.js';
import type { MaskedFigures } from './masked-figures.js';
import type { StatedAmount } from './stated-amounts.js';

/** Turns behind the wish for a lower price in which a price is the answer to it. */
const reach = 2;
/** How many times dearer the price before may have been: more is another price. */
const dearer = 1.4;
/** The same where nothing but the place says that it is a lower offer. */
const slightlyDearer = 1.2;
/** A price that is a bound, or a general one, is no offer. */
const isBound =
  /\b(?:above|over|under|below|between|smallest|lowest|starts?|from|list|at least|at most|up to|more than|less than) (?:[\w ]+ )?#M|\b(?:smallest|lowest|cheapest|minimum|starts)\b/i;
/** Prices that were named last, among which the one that is lowered is looked for. */
const kept = 12;

const offersPrice =
  /\b(?:i|we)(?:['’]ll|['’]d| can| could| would| will) (?:\w+ ){0,2}?(?:do|make|go|offer|give|let|come|meet)\b[^#]{0,30}#M|\b(?:make|call) it #M|\bdown to #M|\b(?:bring|take|get|put)s? (?:it|you|us|that|the \w+) to #M|#M (?:flat|even|straight)\b/i;

const wantsLess = (text: string): boolean => lowerPriceWanted.test(text) || push.test(text);

/**
 * Hears the host come down with the price over several turns: "3.10 is too much." - "I could do 2.95." Knows the last
 * prices, and the last turn in which somebody wanted less.
 */
export class LowerOffer {
  private prices: StatedAmount[] = [];
  private wantedAt = -Infinity;

  /** By how much the sentence comes down; undefined where it does not. Sentences come in their order. */
  hear({ role, turn, isQuestion }: SpokenSentence, masked: MaskedFigures): StatedAmount | undefined {
    const sums = masked.figures.filter(({ at }) => masked.text.startsWith('#M', at)).map(({ quantity }) => quantity);
    const isAnswer = role === 'HOST' && turn - this.wantedAt <= reach;
    const lowered = isAnswer ? this.loweredBy(sums, masked, isQuestion) : undefined;
    if (role !== 'HOST' && wantsLess(masked.text)) this.wantedAt = turn;
    this.prices = [...this.prices, ...sums].slice(-kept);
    return lowered;
  }

  /** By how much the only sum of an answer is lower than a price before; without words of an offer, only slightly so. */
  private loweredBy(sums: readonly StatedAmount[], { text }: MaskedFigures, isQuestion: boolean) {
    const isMarked = offersPrice.test(text);
    const [offered] = sums;
    if (offered === undefined || sums.length > 1 || otherScope.test(text)) return undefined;
    if (!isMarked && (isQuestion || isBound.test(text))) return undefined;
    const most = offered.value * (isMarked ? dearer : slightlyDearer);
    const before = this.prices.findLast(({ value }) => value > offered.value && value <= most);
    if (before === undefined) return undefined;
    const value = Math.round((before.value - offered.value) * 100) / 100;
    return { value, currency: before.currency ?? offered.currency };
  }
}
