import { createPace, type ParsedConversation, type SpokenSentence } from '../language/conversation.js';
import type { Quantity } from '../language/quantities.js';
import { agreement, elsewhere, going, otherShare, otherUse, reduction, refusal } from './discount-cues.js';
import { around, maskFigures, type MaskedFigures } from './masked-figures.js';

/** A sentence that speaks of a reduction of the price, and the figures that it names for it. */
export interface Reduction {
  readonly sentence: SpokenSentence;
  /** Per cent, in the order in which they are said. */
  readonly rates: readonly number[];
  readonly amounts: readonly { readonly value: number; readonly currency: string | null }[];
  readonly isAgreed: boolean;
  readonly isRefused: boolean;
}

/** Turns behind a reduction in which a bare share may still speak of it. */
const reach = 4;

const otherUses = new RegExp(otherUse.source, 'gi');

function speaksOfReduction({ text }: MaskedFigures): boolean {
  const plain = text.replace(otherUses, ' ');
  return reduction.test(plain) && !elsewhere.test(text);
}

const ratesIn = (masked: MaskedFigures): number[] =>
  masked.figures
    .filter(({ quantity, at }) => quantity.kind === 'PERCENT' && !otherShare.test(around(masked, at)))
    .map(({ quantity }) => quantity.value)
    .filter((value) => value > 0 && value <= 100);

/** Patterns with one amount that comes off, or with what the price was and what it becomes. */
const comesOff = [
  /(?:off|waiv\w*|discount of|rebate of|reduction of|reduce\w* .{0,20}by|lower\w* .{0,20}by|credit\w* (?:you )?(?:of |for )?|giv\w+ you|save\w* you|discount (?:is|would be)) (?:you |another |the |that |about |a |up to )*#M/i,
  /waiv\w* (?:[\w-]+ ){0,4}(?:of |over )?#M|minus #M|saves? (?:you )?#M|down by (?:\w+ )?#M/i,
  /#M(?: \w+){0,4}? off\b|#M (?:\w+ )?(?:discount|rebate|reduction|credit|cheaper|less)\b|(?:take|knock|shave|cut)\w* #M/i,
];
const fromTo = /(?:from|was|instead of) #M(?: \w+){0,4}? (?:down to|to|now|becomes) #M/i;
const insteadOf = /#M(?: \w+){0,3}? instead of #M/i;

const figureAt = ({ figures }: MaskedFigures, text: string, at: number): Quantity | undefined =>
  figures.find((figure) => figure.at === at + text.indexOf('#M'))?.quantity;

function amountsIn(masked: MaskedFigures): Reduction['amounts'] {
  const change = fromTo.exec(masked.text) ?? insteadOf.exec(masked.text);
  if (change !== null) {
    const [first, second] = masked.figures.filter(({ at }) => at >= change.index && masked.text.startsWith('#M', at));
    if (first === undefined || second === undefined) return [];
    const currency = first.quantity.currency ?? second.quantity.currency;
    return [{ value: Math.abs(first.quantity.value - second.quantity.value), currency }];
  }
  const found = comesOff.flatMap((pattern) => {
    const match = pattern.exec(masked.text);
    const quantity = match === null ? undefined : figureAt(masked, match[0], match.index);
    return quantity === undefined ? [] : [{ value: quantity.value, currency: quantity.currency }];
  });
  return found.slice(0, 1);
}

/** How much, in answer to whether something can come off: "two hundred pounds, if you sign". */
const openingAmount = ({ figures }: MaskedFigures): Reduction['amounts'] =>
  figures
    .slice(0, 1)
    .flatMap(({ quantity: { kind, value, currency } }) => (kind === 'MONEY' ? [{ value, currency }] : []));

/** What was said of reductions before a sentence. */
interface Before {
  readonly last: Reduction | undefined;
  /** Rates that were named for it. */
  readonly known: ReadonlySet<number>;
}

const turnsSince = ({ last }: Before, { turn }: SpokenSentence): number =>
  last === undefined ? Infinity : turn - last.sentence.turn;

/** Whether a sentence names a share that was named before, or goes on about one. */
function goesOn(before: Before, sentence: SpokenSentence, rates: readonly number[], { text }: MaskedFigures): boolean {
  if (rates.length === 0 || elsewhere.test(text)) return false;
  return rates.some((rate) => before.known.has(rate)) || (turnsSince(before, sentence) <= reach && going.test(text));
}

/** Whether a sentence answers at once, by an amount, whether something can come off. */
function answersHowMuch(before: Before, sentence: SpokenSentence, { text }: MaskedFigures): boolean {
  const { last } = before;
  const isOpen = last?.sentence.isQuestion === true && last.rates.length === 0 && last.amounts.length === 0;
  return isOpen && turnsSince(before, sentence) <= 1 && /^(?:\w+, ){0,2}#M\b/.test(text);
}

/** What a sentence says of a reduction; undefined for nothing. */
function reductionIn(sentence: SpokenSentence, before: Before): Reduction | undefined {
  const masked = maskFigures(sentence.text);
  const isOwn = speaksOfReduction(masked);
  const rates = ratesIn(masked);
  const isAnswer = !isOwn && answersHowMuch(before, sentence, masked);
  if (!isOwn && !isAnswer && !goesOn(before, sentence, rates, masked)) return undefined;
  const stated = isOwn ? amountsIn(masked) : [];
  return {
    sentence,
    rates,
    amounts: isAnswer ? openingAmount(masked) : stated,
    isAgreed: agreement.test(masked.text),
    isRefused: refusal.test(masked.text),
  };
}

/** Everything that is said about reductions of the price, in its order. Linear in the length of the conversation. */
export async function reductionsIn({ sentences }: ParsedConversation): Promise<Reduction[]> {
  const pace = createPace();
  const known = new Set<number>();
  const found: Reduction[] = [];
  for (const sentence of sentences) {
    await pace();
    const reduction = reductionIn(sentence, { last: found.at(-1), known });
    if (reduction === undefined) continue;
    found.push(reduction);
    for (const rate of reduction.rates) known.add(rate);
  }
  return found;
}
