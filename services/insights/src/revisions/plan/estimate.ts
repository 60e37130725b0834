import type { EstimateInterval, InsightType, PlanEstimate, PlanSummary } from '@harmony/contracts';
import { nothing, plus, type Amount } from './earlier-work.js';

/** What was measured of each answer. */
export const measures = ['calls', 'tokens', 'costMicros', 'durationMs'] as const;
export type Measure = (typeof measures)[number];

/** Of some measured values: how many, their sum, and the sum of their squares. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** What it took to ask about one definition or one criterion, or for extractions. */
export interface History {
  /** Of the definition or of the criterion, or any name that what is asked has too. */
  readonly subjectId: string;
  readonly type: InsightType | null;
  readonly moments: Readonly<Record<Measure, Moments>>;
}

/** What is going to be asked of a definition, about a criterion, or for extractions. */
export interface Asking {
  readonly subjectId: string;
  readonly type: InsightType | null;
  /** How often: at least for sure, and at most, which is expected; neither need be a whole number. */
  readonly cells: Amount;
}

/** What some work takes. */
export type Estimated = Omit<PlanEstimate, 'parts'>;

/** Normal quantile of a 95 % interval. */
const quantile = 1.96;

const noMoments: Moments = { count: 0, sum: 0, squares: 0 };

const added = (left: Moments, right: Moments): Moments => ({
  count: left.count + right.count,
  sum: left.sum + right.sum,
  squares: left.squares + right.squares,
});

/** Cells whose cost is read off the same answers. */
interface Share {
  readonly cells: Amount;
  readonly histories: readonly History[];
}

/**
 * What the cells of a plan take (B5). A definition that was never answered takes what its type took, else what all did.
 * Answers about one conversation go up and down together, so the deviations of definitions are added up, not their
 * squares: the interval is rather too wide than too narrow.
 * @param inParallel answers that are made at the same time; shortens what is expected, not the upper bound
 */
export function estimateOf(asking: readonly Asking[], histories: readonly History[], inParallel: number): Estimated {
  const shares = sharesOf(
    asking.filter(({ cells }) => cells.most > 0),
    histories,
  );
  const used = new Set(shares.flatMap((share) => share.histories));
  const of = (measure: Measure): EstimateInterval =>
    sum(
      shares.map((share) =>
        intervalOf(share.cells, share.histories.map(({ moments }) => moments[measure]).reduce(added, noMoments)),
      ),
    );
  const duration = of('durationMs');
  return {
    ...{ calls: of('calls'), tokens: of('tokens'), costMicros: of('costMicros') },
    durationMs: { ...duration, low: duration.low / inParallel, expected: duration.expected / inParallel },
    samples: [...used].reduce((total, { moments }) => total + moments.durationMs.count, 0),
  };
}

function sharesOf(asking: readonly Asking[], histories: readonly History[]): Share[] {
  const shares = new Map<string, Share>();
  for (const { subjectId, type, cells } of asking) {
    const own = histories.filter((one) => one.subjectId === subjectId);
    const alike = histories.filter((one) => one.type === type);
    const [key, found] =
      own.length > 0 ? [subjectId, own] : alike.length > 0 ? [`type ${type}`, alike] : ['all', histories];
    shares.set(key, { cells: plus(cells, shares.get(key)?.cells ?? nothing), histories: found });
  }
  return [...shares.values()];
}

/** What so many take, from what others took: down to what is sure, up to all that there may be. */
export function intervalOf({ least, most }: Amount, moments: Moments): EstimateInterval {
  const all = exactly(most, moments);
  return { ...all, low: Math.min(all.low, exactly(least, moments).low) };
}

/** The sum over new cells varies as cells do, and is as uncertain as the mean of the old ones is. */
function exactly(cells: number, { count, sum: total, squares }: Moments): EstimateInterval {
  if (count === 0) return noInterval;
  const mean = total / count;
  // Of a single answer nobody knows how much answers differ.
  const variance = count > 1 ? Math.max(0, (squares - count * mean * mean) / (count - 1)) : mean * mean;
  const deviation = Math.sqrt(cells * variance + (cells * cells * variance) / count);
  const width = deviation * (quantile + 2.5 / Math.max(1, count - 1));
  const expected = cells * mean;
  return { low: Math.max(0, expected - width), expected, high: expected + width };
}

export const noInterval: EstimateInterval = { low: 0, expected: 0, high: 0 };

/** All that there may be is expected. */
export const expectingMost = ({ least, most }: Amount): EstimateInterval => ({
  low: least,
  expected: most,
  high: most,
});

export const sum = (intervals: readonly EstimateInterval[]): EstimateInterval => ({
  low: intervals.reduce((total, { low }) => total + low, 0),
  expected: intervals.reduce((total, { expected }) => total + expected, 0),
  high: intervals.reduce((total, { high }) => total + high, 0),
});

/**
 * How many cells of each definition a plan asks.
 * @param repeated how many unchanged ones are asked again; they are drawn by lot, so each definition has its share
 */
export function askingOf(
  { definitions }: PlanSummary,
  typeOf: (definitionId: string) => InsightType | null,
  repeated: number,
): Asking[] {
  const unchanged = definitions.reduce((total, { reused }) => total + reused, 0);
  const share = unchanged === 0 ? 0 : Math.min(1, repeated / unchanged);
  return definitions.map(({ definitionId, rerun, new: fresh, reused }) => {
    const cells = rerun + fresh + reused * share;
    return { subjectId: definitionId, type: typeOf(definitionId), cells: { least: cells, most: cells } };
  });
}
