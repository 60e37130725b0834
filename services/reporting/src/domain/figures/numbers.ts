import { engagementBands, type EngagementBand, type QuestionOf } from '@harmony/contracts';
import type { DiscountAtom } from '../atoms/atoms.js';
import { statisticsOf, type NumberStatistics } from '../statistics.js';
import { countWhere, share, type Counted } from '../tally.js';
import { byText } from '../text.js';

export interface ValueCount {
  readonly value: number;
  /** What the value means; null where nobody said. */
  readonly label: string | null;
  /** The current version of the definition no longer has it. */
  readonly isFormer: boolean;
  readonly count: number;
}

export interface BandFigures {
  readonly band: EngagementBand;
  readonly count: number;
  readonly share: number | null;
}

export interface EngagementFigures {
  readonly type: 'BUYER_ENGAGEMENT';
  readonly statistics: NumberStatistics;
  readonly distribution: readonly ValueCount[];
  readonly bands: readonly BandFigures[];
}

export interface ScaleFigures {
  readonly type: 'SCALE';
  readonly statistics: NumberStatistics;
  readonly distribution: readonly ValueCount[];
}

export interface AmountFigures extends NumberStatistics {
  /** By ISO 4217. */
  readonly currency: string;
}

export interface DiscountFigures {
  readonly type: 'DISCOUNT';
  readonly discussed: number;
  /** Answered, and the answer is that there was none. */
  readonly notDiscussed: number;
  /** Per cent. */
  readonly rate: NumberStatistics;
  readonly amounts: readonly AmountFigures[];
}

type Numbers = readonly Counted<number>[];

/** Of every value from `min` to `max`, then of those that are outside. */
function distributionOf(numbers: Numbers, min: number, max: number, labels: Record<string, string>): ValueCount[] {
  const counts = new Map<number, number>();
  for (const { value, count } of numbers) counts.set(value, (counts.get(value) ?? 0) + count);
  const current = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const isFormer = (value: number): boolean => !(Number.isInteger(value) && value >= min && value <= max);
  const former = [...counts.keys()].filter(isFormer).sort((left, right) => left - right);
  return [...current, ...former].map((value) => ({
    ...{ value, label: labels[String(value)] ?? null },
    ...{ isFormer: isFormer(value), count: counts.get(value) ?? 0 },
  }));
}

/** Bounds of D7. */
const bandOf = (score: number): EngagementBand => {
  if (score >= 8) return 'STRONG';
  return score >= 6 ? 'MODERATE' : 'LIMITED';
};

export const engagementFigures = (scores: Numbers, answered: number): EngagementFigures => ({
  type: 'BUYER_ENGAGEMENT',
  statistics: statisticsOf(scores),
  distribution: distributionOf(scores, 0, 10, {}),
  bands: engagementBands.map((band) => {
    const count = countWhere(scores, (score) => bandOf(score) === band);
    return { band, count, share: share(count, answered) };
  }),
});

export const scaleFigures = (values: Numbers, { min, max, labels }: QuestionOf<'SCALE'>): ScaleFigures => ({
  type: 'SCALE',
  statistics: statisticsOf(values),
  distribution: distributionOf(values, min, max, labels),
});

export function discountFigures(atoms: readonly Counted<DiscountAtom>[]): DiscountFigures {
  const [answers, rates] = [{ true: 0, false: 0 }, [] as Counted<number>[]];
  const amounts = new Map<string, Counted<number>[]>();
  for (const { value: atom, count } of atoms) {
    if (atom.kind === 'DISCUSSED') answers[`${atom.isDiscussed}`] += count;
    else if (atom.kind === 'RATE') rates.push({ value: atom.rate, count });
    else {
      const ofCurrency = amounts.get(atom.currency) ?? [];
      amounts.set(atom.currency, ofCurrency);
      if (atom.amount !== null) ofCurrency.push({ value: atom.amount, count });
    }
  }
  return {
    type: 'DISCOUNT',
    discussed: answers.true,
    notDiscussed: answers.false,
    rate: statisticsOf(rates),
    amounts: [...amounts]
      .sort(([left], [right]) => byText(left, right))
      .map(([currency, ofCurrency]) => ({ currency, ...statisticsOf(ofCurrency) })),
  };
}
