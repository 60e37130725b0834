import type { AnswerOf } from '@harmony/contracts';
import type { LocalRequest, LocalResponder } from '../registry.js';
import { quantitiesIn } from '../language/quantities.js';
import { quote } from '../language/reading.js';
import { reductionsIn, type Reduction } from './price-reductions.js';
import { shareInMoney } from './share-in-money.js';

/**
 * What holds of several figures: the last that was agreed, else the last that the hosts offered, else the last that
 * was asked for. What is refused in the same breath counts only where nothing else was named.
 */
function settled<Figure>(
  reductions: readonly Reduction[],
  figureOf: (one: Reduction) => Figure | undefined,
): Figure | undefined {
  const named = reductions.filter((one) => figureOf(one) !== undefined);
  const open = named.filter(({ isRefused }) => !isRefused);
  const candidates = [
    open.filter(({ isAgreed }) => isAgreed),
    open.filter(({ sentence }) => sentence.role === 'HOST'),
    open,
    named,
  ];
  const last = candidates.find((some) => some.length > 0)?.at(-1);
  return last === undefined ? undefined : figureOf(last);
}

/** The currency that prices are mostly named in: in the conversation, else in what the project knows. */
function usualCurrency({ reading, background }: LocalRequest<'DISCOUNT'>): string | null {
  const counts = new Map<string, number>();
  const texts = [...reading.parsed.sentences.map(({ text }) => text), background.context, background.knowledge];
  for (const [at, text] of texts.entries()) {
    if (at >= texts.length - 2 && counts.size > 0) break;
    for (const { currency } of quantitiesIn(text))
      if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? codeIn(background.knowledge);
}

const codeIn = (text: string): string | null =>
  /\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|CAD|AUD|NZD|JPY|INR|BRL|ZAR|AED)\b/.exec(text)?.[0] ?? null;

function rationaleOf(rate: number | undefined, amount: AnswerOf<'DISCOUNT'>['amount'], count: number): string {
  const figures = [
    ...(rate === undefined ? [] : [`${rate} %`]),
    ...(amount === null ? [] : [`${amount.value} ${amount.currency}`]),
  ];
  const places = `${count} ${count === 1 ? 'sentence speaks' : 'sentences speak'} of a lower price`;
  return figures.length === 0
    ? `${places}; no figure was named.`
    : `${places}; the last that holds is ${figures.join(' and ')}.`;
}

/** Whether a lower price was spoken of, and how much lower; the price of others is none of it. */
export const discount: LocalResponder<'DISCOUNT'> = {
  type: 'DISCOUNT',
  version: '1',
  answer: async (request) => {
    const { reading, background } = request;
    const found = await reductionsIn(reading.parsed, background.knowledge);
    if (found.length === 0) {
      return { answer: null, rationale: 'Nobody spoke of a lower price.', confidence: 0.8, evidence: [] };
    }
    const rate = settled(found, ({ rates }) => rates.at(-1));
    const worked =
      rate === undefined ? undefined : await shareInMoney(reading.parsed, found, rate, background.knowledge);
    const figure = worked ?? settled(found, ({ amounts }) => amounts.at(-1));
    const currency = figure?.currency ?? usualCurrency(request);
    const amount = figure === undefined || currency === null ? null : { value: figure.value, currency };
    return {
      answer: { type: 'DISCOUNT', discussed: true, rate: rate ?? null, amount },
      rationale: rationaleOf(rate, amount, found.length),
      confidence: rate === undefined && amount === null ? 0.6 : 0.75,
      evidence: found.slice(0, 20).map(({ sentence }) => quote(reading, sentence)),
    };
  },
};
