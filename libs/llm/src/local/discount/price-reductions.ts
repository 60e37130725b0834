import { createPace, type ParsedConversation, type SpokenSentence } from '../language/conversation.js';
import {
  agreement,
  asksForShare,
  elsewhere,
  going,
  otherSeller,
  otherShare,
  otherUse,
  priceTalk,
  reduction,
  refusal,
  suppose,
} from './discount-cues.js';
import { LowerOffer } from './lower-offer.js';
import { around, maskFigures, type MaskedFigures } from './masked-figures.js';
import { isBare } from './price-figures.js';
import { amountOff, priceChange, type StatedAmount } from './stated-amounts.js';

/** A sentence that speaks of a reduction of the price, and the figures that it names for it. */
export interface Reduction {
  readonly sentence: SpokenSentence;
  /** Per cent, in the order in which they are said. */
  readonly rates: readonly number[];
  readonly amounts: readonly StatedAmount[];
  readonly isAgreed: boolean;
  readonly isRefused: boolean;
}

/** Turns behind a reduction in which a bare share may still speak of it. */
const reach = 4;
/** Turns behind talk of a price in which a share that is asked for is one of it. */
const priceReach = 2;

const otherUses = new RegExp(otherUse.source, 'gi');

/** Whether the price is somebody else's, or nobody's. */
const isElsewhere = ({ text }: MaskedFigures, { role }: SpokenSentence): boolean =>
  elsewhere.test(text) || (role !== 'HOST' && otherSeller.test(text)) || (/\bbut\b/.test(text) && suppose.test(text));

function ratesIn(masked: MaskedFigures): number[] {
  const named = masked.figures
    .filter(({ quantity, at }) => quantity.kind === 'PERCENT' && !otherShare.test(around(masked, at)))
    .map(({ quantity }) => quantity.value)
    .filter((value) => value > 0 && value <= 100);
  return named.length === 0 && /\bhalf[- ](?:the )?price\b|\bhalf off\b/i.test(masked.text) ? [50] : named;
}

/** What was said before a sentence. */
interface Before {
  readonly last: Reduction | undefined;
  /** Rates that were named for it. */
  readonly known: ReadonlySet<number>;
  /** By how much the price has just come down against one that was named earlier. */
  readonly lowered: StatedAmount | undefined;
  /** The last turn that spoke of a price. */
  readonly priceTurn: number;
}

const turnsSince = ({ last }: Before, { turn }: SpokenSentence): number =>
  last === undefined ? Infinity : turn - last.sentence.turn;

const isTalkedOf = (before: Before, sentence: SpokenSentence): boolean => turnsSince(before, sentence) <= reach;

/** Whether a sentence names a share that was named before, or goes on about one. */
function goesOn(before: Before, sentence: SpokenSentence, rates: readonly number[], { text }: MaskedFigures): boolean {
  if (rates.length === 0) return false;
  return rates.some((rate) => before.known.has(rate)) || (isTalkedOf(before, sentence) && going.test(text));
}

/** Whether a customer asks for a share where the price is spoken of: "I'd need twelve percent." */
const asks = (before: Before, { role, turn }: SpokenSentence, rates: readonly number[], { text }: MaskedFigures) =>
  role !== 'HOST' && rates.length > 0 && turn - before.priceTurn <= priceReach && asksForShare.test(text);

/** How much, in answer to whether something can come off: "two hundred pounds, if you sign". */
function openingAmount(before: Before, sentence: SpokenSentence, { text, figures }: MaskedFigures): StatedAmount[] {
  const { last } = before;
  const isOpen = last?.sentence.isQuestion === true && last.rates.length === 0 && last.amounts.length === 0;
  if (!isOpen || turnsSince(before, sentence) > 1 || !/^(?:\w+, ){0,2}#M\b/.test(text)) return [];
  const [first] = figures;
  return first?.quantity.kind === 'MONEY' ? [{ value: first.quantity.value, currency: first.quantity.currency }] : [];
}

/** A number alone where shares are spoken of: "it's eight", "I could do twelve", "fine, six". */
const offersBare =
  /(?:^|\b)(?:(?:it|that|this)(?:['’]s| is| stays| would be)|(?:could|can|will|['’]ll) (?:do|go (?:up )?to|offer(?: you)?|give you|manage|stretch to)|stay at|make it|fine,?|ok(?:ay)?,?|deal,?|all right,?|then|so) #N(?=[,.!]| (?:then|is|it is|and not|for you|if)\b|$)|^#N(?: it is|, then|, deal|, fine)\b/i;

function bareRates(before: Before, sentence: SpokenSentence, masked: MaskedFigures): number[] {
  if (sentence.isQuestion || before.known.size === 0 || turnsSince(before, sentence) > 2) return [];
  const match = offersBare.exec(masked.text);
  if (match === null) return [];
  const at = match.index + match[0].lastIndexOf('#N');
  const quantity = masked.figures.find((figure) => figure.at === at)?.quantity;
  return quantity !== undefined && isBare(quantity) && quantity.value <= 60 ? [quantity.value] : [];
}

/** Figures that a sentence without a word of reduction names for one. */
function continuedIn(before: Before, sentence: SpokenSentence, masked: MaskedFigures) {
  const rates = ratesIn(masked);
  const isShare = goesOn(before, sentence, rates, masked) || asks(before, sentence, rates, masked);
  return {
    rates: isShare ? rates : bareRates(before, sentence, masked),
    amounts: before.lowered === undefined ? openingAmount(before, sentence, masked) : [before.lowered],
  };
}

function amountsIn(masked: MaskedFigures, change: StatedAmount | undefined, { lowered }: Before): StatedAmount[] {
  const amount = change ?? amountOff(masked) ?? lowered;
  return amount === undefined ? [] : [amount];
}

/** What a sentence says of a reduction; undefined for nothing. */
function reductionIn(sentence: SpokenSentence, masked: MaskedFigures, before: Before): Reduction | undefined {
  if (isElsewhere(masked, sentence)) return undefined;
  const change = priceChange(masked, {
    isHost: sentence.role === 'HOST',
    isOpen: isTalkedOf(before, sentence),
  });
  const isOwn = change !== undefined || reduction.test(masked.text.replace(otherUses, ' '));
  const { rates, amounts } = isOwn
    ? { rates: ratesIn(masked), amounts: amountsIn(masked, change, before) }
    : continuedIn(before, sentence, masked);
  if (!isOwn && rates.length === 0 && amounts.length === 0) return undefined;
  return {
    sentence,
    rates,
    amounts,
    isAgreed: agreement.test(masked.text),
    isRefused: refusal.test(masked.text),
  };
}

/** Everything that is said about reductions of the price, in its order. Linear in the length of the conversation. */
export async function reductionsIn({ sentences }: ParsedConversation): Promise<Reduction[]> {
  const pace = createPace();
  const known = new Set<number>();
  const found: Reduction[] = [];
  const offers = new LowerOffer();
  let priceTurn = -Infinity;
  for (const sentence of sentences) {
    await pace();
    const masked = maskFigures(sentence.text);
    if (priceTalk.test(masked.text)) priceTurn = sentence.turn;
    const reduction = reductionIn(sentence, masked, {
      last: found.at(-1),
      known,
      lowered: offers.hear(sentence, masked),
      priceTurn,
    });
    if (reduction === undefined) continue;
    found.push(reduction);
    for (const rate of reduction.rates) known.add(rate);
  }
  return found;
}
