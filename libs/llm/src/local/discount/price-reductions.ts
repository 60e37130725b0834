import { createPace, type ParsedConversation, type SpokenSentence } from '../language/conversation.js';
import {
  agreement,
  asksForShare,
  bareShare,
  elsewhere,
  going,
  otherSeller,
  otherShare,
  otherUse,
  priceTalk,
  push,
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

const grantsShare = /\b(?:discount|reduction|rebate|goodwill|off|volume|loyalty|concession|less|cheaper|up to)/iu;

const otherUses = new RegExp(otherUse.source, 'gi');

/** Whether the price is somebody else's, or nobody's. */
const isElsewhere = ({ text }: MaskedFigures, { role }: SpokenSentence): boolean =>
  elsewhere.test(text) || (role !== 'HOST' && otherSeller.test(text)) || (/\bbut\b/.test(text) && suppose.test(text));

const fraction =
  /\b(?:a|one) (twentieth|tenth|fifth|quarter|third) (?:off|less|cheaper)\b|\bhalf[- ](?:the )?price\b|\bhalf off\b/i;
const fractions: ReadonlyMap<string, number> = new Map([
  ['twentieth', 5],
  ['tenth', 10],
  ['fifth', 20],
  ['quarter', 25],
  ['third', 33],
]);

/** "A tenth off", "half the price". */
function fractionsIn(text: string): number[] {
  const match = fraction.exec(text);
  return match === null ? [] : [fractions.get(match[1]?.toLowerCase() ?? '') ?? 50];
}

function ratesIn(masked: MaskedFigures): number[] {
  const named = masked.figures
    .filter(({ quantity, at }) => quantity.kind === 'PERCENT' && !otherShare.test(around(masked, at)))
    .map(({ quantity }) => quantity.value)
    .filter((value) => value > 0 && value <= 100);
  return named.length > 0 ? named : fractionsIn(masked.text);
}

/** What was said before a sentence. */
interface Before {
  readonly last: Reduction | undefined;
  /** Rates that were named for it. */
  readonly known: ReadonlySet<number>;
  /** Rates that the project gives at most, or usually. */
  readonly usual: ReadonlySet<number>;
  /** By how much the price has just come down against one that was named earlier. */
  readonly lowered: StatedAmount | undefined;
  /** The last turn that spoke of a price. */
  readonly priceTurn: number;
  /** The last turn in which the customer pushed for a lower price, or somebody named a share of it. */
  readonly pushTurn: number;
}

const turnsSince = ({ last }: Before, { turn }: SpokenSentence): number =>
  last === undefined ? Infinity : turn - last.sentence.turn;

const isPushed = ({ pushTurn }: Before, { turn }: SpokenSentence): boolean => turn - pushTurn <= reach;

const isTalkedOf = (before: Before, sentence: SpokenSentence): boolean => turnsSince(before, sentence) <= reach;

/** Whether a sentence names a share that was named before, or goes on about one. */
function goesOn(before: Before, sentence: SpokenSentence, rates: readonly number[], { text }: MaskedFigures): boolean {
  if (rates.length === 0) return false;
  return rates.some((rate) => before.known.has(rate)) || (isTalkedOf(before, sentence) && going.test(text));
}

/** Whether a customer asks for a share where the price is spoken of: "I'd need twelve percent." */
const asks = (before: Before, { role, turn }: SpokenSentence, rates: readonly number[], { text }: MaskedFigures) =>
  role !== 'HOST' && rates.length > 0 && turn - before.priceTurn <= priceReach && asksForShare.test(text);

/** How much, where something comes off or is asked for: "two hundred pounds, if you sign". */
function openingAmount(before: Before, sentence: SpokenSentence, { text, figures }: MaskedFigures): StatedAmount[] {
  const { last } = before;
  const isOpen = last !== undefined && last.rates.length === 0 && last.amounts.length === 0;
  if (!isOpen || turnsSince(before, sentence) > 1) return [];
  const isReply = last.sentence.isQuestion
    ? /^(?:\w+, ){0,2}#M\b/.test(text)
    : /^(?:\w+, ){0,2}#M(?: \w+)?\W*$/.test(text);
  if (!isReply) return [];
  const [first] = figures;
  return first?.quantity.kind === 'MONEY' ? [{ value: first.quantity.value, currency: first.quantity.currency }] : [];
}

/** A number alone where shares are spoken of: "it's eight", "I could do twelve", "fine, six", "and seven?". */
const alone =
  /^(?:\W*(?:and|or|but|ok|okay|fine|hm+|no|yes|yeah|well|so|then|deal|all right|right|what about|how about|say|make it|call it|let's say)\b\W*)*#N(?:['’]s\b|(?= ?(?:[.,?!;]|$)| (?:it is|then|deal|fine|for|is|would|and|if)\b))/iu;

/** Numbers beside a day are of the calendar or of the clock. */
const isDated =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|o['’]clock|morning|afternoon|evening|january|february|april|june|july|august|september|october|november|december)\b|#N [ap]\.?m\b/iu;

/** More per cent than this is no reduction that people bargain for by a bare number. */
const mostBare = 60;

const figureAt = ({ figures }: MaskedFigures, at: number) => figures.find((figure) => figure.at === at)?.quantity;

/** The number that stands for a share by itself, or by the words around it. */
function bareShareIn(masked: MaskedFigures): number | undefined {
  const match = alone.exec(masked.text) ?? bareShare.exec(masked.text);
  const quantity = match === null ? undefined : figureAt(masked, match.index + match[0].indexOf('#N'));
  if (quantity === undefined || !isBare(quantity)) return undefined;
  return quantity.value >= 2 && quantity.value <= mostBare ? quantity.value : undefined;
}

/** The numbers without a sign that stand for shares where a reduction is bargained over. */
function bareRates(before: Before, sentence: SpokenSentence, masked: MaskedFigures): number[] {
  const isShares = before.known.size > 0 && turnsSince(before, sentence) <= 2;
  if ((!isShares && !isPushed(before, sentence)) || isDated.test(masked.text)) return [];
  const value = bareShareIn(masked);
  return value !== undefined && (isShares || before.usual.has(value)) ? [value] : [];
}

/** Figures that a sentence without a word of reduction names for one. */
function continuedIn(before: Before, sentence: SpokenSentence, masked: MaskedFigures) {
  const rates = ratesIn(masked);
  const isUsual = isPushed(before, sentence) && rates.some((rate) => before.usual.has(rate));
  const isShare = isUsual || goesOn(before, sentence, rates, masked) || asks(before, sentence, rates, masked);
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
    isAgreed: agreement.test(masked.text) && !asksForShare.test(masked.text),
    isRefused: refusal.test(masked.text),
  };
}

/** Shares that the project says it gives: "up to 10% for two years". */
function usualRates(knowledge: string): ReadonlySet<number> {
  const told = knowledge
    .slice(0, 20_000)
    .split(/[.\n](?=\s|$)/u)
    .filter((text) => grantsShare.test(text))
    .flatMap((text) => ratesIn(maskFigures(text)));
  return new Set(told);
}

/** Everything that is said about reductions of the price, in its order. Linear in the length of the conversation. */
export async function reductionsIn({ sentences }: ParsedConversation, knowledge = ''): Promise<Reduction[]> {
  const pace = createPace();
  const known = new Set<number>();
  const found: Reduction[] = [];
  const offers = new LowerOffer();
  const usual = usualRates(knowledge);
  let [priceTurn, pushTurn] = [-Infinity, -Infinity];
  for (const sentence of sentences) {
    await pace();
    const masked = maskFigures(sentence.text);
    if (priceTalk.test(masked.text)) priceTurn = sentence.turn;
    const reduction = reductionIn(sentence, masked, {
      last: found.at(-1),
      known,
      lowered: offers.hear(sentence, masked),
      priceTurn,
      pushTurn,
      usual,
    });
    const isPriced = sentence.turn - priceTurn <= priceReach;
    if (isPriced && sentence.role !== 'HOST' && push.test(masked.text)) pushTurn = sentence.turn;
    if (reduction === undefined) continue;
    found.push(reduction);
    if (reduction.rates.length > 0) pushTurn = sentence.turn;
    for (const rate of reduction.rates) known.add(rate);
  }
  return found;
}
