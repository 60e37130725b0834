import { competitorStances, engagementBands, spinQuadrants, type QuestionOf } from '@harmony/contracts';
import type { AnswerValues, Cell } from '../domain/columns.js';
import type { ReportDefinition } from '../domain/definition.js';
import type { Figures } from '../domain/figures/figures.js';
import type { NumberStatistics } from '../domain/statistics.js';

type Type = keyof AnswerValues;
type ValueOf<One extends Type> = AnswerValues[One];
type FiguresOf<One extends Type> = Omit<Extract<Figures, { type: One }>, 'type'>;
type Naive = {
  readonly [One in Type]: (
    values: readonly ValueOf<One>[],
    question: QuestionOf<One>,
    success: 'YES' | 'NO',
  ) => FiguresOf<One>;
};

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function statistics(numbers: readonly number[]): NumberStatistics {
  const sorted = [...numbers].sort((left, right) => left - right);
  const count = sorted.length;
  if (count === 0) return { count, mean: null, median: null, min: null, max: null };
  const median = (sorted[Math.floor((count - 1) / 2)]! + sorted[Math.floor(count / 2)]!) / 2;
  const mean = sorted.reduce((sum, one) => sum + one, 0) / count;
  return { count, mean, median, min: sorted[0]!, max: sorted[count - 1]! };
}

function named(current: readonly { key: string; name: string }[], keys: readonly string[]) {
  const former = [...new Set(keys)].filter((key) => !current.some((one) => one.key === key)).sort();
  return [
    ...current.map(({ key, name }) => ({ key, name, isFormer: false })),
    ...former.map((key) => ({ key, name: key, isFormer: true })),
  ];
}

function distribution(values: readonly number[], min: number, max: number, labels: Record<string, string>) {
  const inside = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const outside = [...new Set(values)].filter((value) => value < min || value > max).sort((a, b) => a - b);
  return [...inside, ...outside].map((value) => ({
    ...{ value, label: labels[value] ?? null, isFormer: value < min || value > max },
    count: values.filter((one) => one === value).length,
  }));
}

function competitors(values: readonly ValueOf<'COMPETITORS'>[]) {
  const normal = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const first = values.flatMap((mentions) =>
    mentions.filter(({ name }, at) => mentions.findIndex((one) => normal(one.name) === normal(name)) === at),
  );
  const found = [...new Set(first.map(({ name }) => normal(name)))].map((key) => {
    const mentions = first.filter(({ name }) => normal(name) === key);
    const often = (name: string): number => mentions.filter((one) => one.name === name).length;
    const names = [...new Set(mentions.map(({ name }) => name))].sort();
    const most = Math.max(...names.map(often));
    const stances = competitorStances.map((stance) => ({
      stance,
      count: mentions.filter((one) => one.stance === stance).length,
    }));
    return { name: names.find((name) => often(name) === most)!, conversations: mentions.length, stances };
  });
  return found.sort((left, right) => right.conversations - left.conversations || (left.name < right.name ? -1 : 1));
}

const naive: Naive = {
  YES_NO: (values, _question, successAnswer) => {
    const of = (answer: string): number => values.filter((value) => value === answer).length;
    return { yes: of('YES'), no: of('NO'), successAnswer, successShare: ratio(of(successAnswer), values.length) };
  },
  GROUP: (values, { buckets }) => ({
    buckets: named(buckets, values).map((part) => {
      const count = values.filter((value) => value === part.key).length;
      return { ...part, count, share: ratio(count, values.length) };
    }),
  }),
  FUNNEL: (values, { stages }) => {
    const order = stages.map(({ key }) => key);
    const reached = (at: number): number => values.filter((value) => order.indexOf(value) >= at).length;
    return {
      stages: named(stages, values).map((part, at) => {
        const stopped = values.filter((value) => value === part.key).length;
        if (part.isFormer) return { ...part, stopped, reached: null, conversion: null, share: null };
        const conversion = at === 0 ? null : ratio(reached(at), reached(at - 1));
        return { ...part, stopped, reached: reached(at), conversion, share: ratio(reached(at), values.length) };
      }),
    };
  },
  CHECKLIST: (values, question) => {
    const of = (key: string, outcome: string): number => values.filter((value) => value[key] === outcome).length;
    const keys = values.flatMap((value) => Object.keys(value));
    const items = named(
      question.items.map(({ key, text: name }) => ({ key, name })),
      keys,
    ).map((part) => {
      const [met, notMet] = [of(part.key, 'MET'), of(part.key, 'NOT_MET')];
      return { ...part, met, notMet, notDiscussed: of(part.key, 'NOT_DISCUSSED'), share: ratio(met, met + notMet) };
    });
    const outcomes = values.flatMap((value) => Object.values(value));
    const met = outcomes.filter((one) => one === 'MET').length;
    const decided = outcomes.filter((one) => one !== 'NOT_DISCUSSED').length;
    return { items, meanItemsMet: ratio(met, values.length), metShare: ratio(met, decided) };
  },
  DISCOUNT: (values) => ({
    discussed: values.filter(({ isDiscussed }) => isDiscussed).length,
    notDiscussed: values.filter(({ isDiscussed }) => !isDiscussed).length,
    rate: statistics(values.flatMap(({ rate }) => rate ?? [])),
    amounts: [...new Set(values.flatMap(({ currency }) => currency ?? []))].sort().map((currency) => ({
      currency,
      ...statistics(values.filter((value) => value.currency === currency).flatMap(({ amount }) => amount ?? [])),
    })),
  }),
  BUYER_ENGAGEMENT: (values) => ({
    statistics: statistics(values),
    distribution: distribution(values, 0, 10, {}),
    bands: engagementBands.map((band) => {
      const [low, high] = ({ STRONG: [8, 10], MODERATE: [6, 7], LIMITED: [0, 5] } as const)[band];
      const count = values.filter((value) => value >= low && value <= high).length;
      return { band, count, share: ratio(count, values.length) };
    }),
  }),
  SCALE: (values, { min, max, labels }) => ({
    statistics: statistics(values),
    distribution: distribution(values, min, max, labels),
  }),
  COMPETITORS: (values) => ({
    mentioned: values.filter((mentions) => mentions.length > 0).length,
    competitors: competitors(values),
  }),
  SPIN_DISTRIBUTION: (values) => {
    const of = (quadrant: (typeof spinQuadrants)[number]): number =>
      values.reduce((total, value) => total + value[quadrant], 0);
    const questions = spinQuadrants.reduce((total, quadrant) => total + of(quadrant), 0);
    const quadrants = spinQuadrants.map((quadrant) => ({
      ...{ quadrant, questions: of(quadrant), share: ratio(of(quadrant), questions) },
    }));
    return { questions, quadrants };
  },
  SPIN_IMPROVEMENT: (values) => ({
    neglected: spinQuadrants.map((quadrant) => {
      const conversations = values.filter((weakest) => weakest.includes(quadrant)).length;
      return { quadrant, conversations, share: ratio(conversations, values.length) };
    }),
  }),
  SUMMARY: () => ({}),
  OPEN_QUESTION: () => ({}),
  MARKDOWN: () => ({}),
};

/** The figures of a definition, value by value and as plainly as can be: nothing here counts codes or merges values. */
export function naiveFigures({ type, question, successAnswer }: ReportDefinition, cells: readonly Cell[]): Figures {
  const values = cells.flatMap((cell) => (cell.outcome === 'ANSWERED' ? [cell.value] : []));
  const count = naive[type] as (values: readonly unknown[], question: unknown, success: string) => object;
  return { type, ...count(values, question, successAnswer) } as Figures;
}
