import type { Selection } from './selection.js';
import {
  goalCounts,
  scoreCounts,
  scoreFigures,
  type GoalCounts,
  type ScoreCounts,
  type ScoreFigures,
} from './rules.js';
import { countValues, type Counted } from './tally.js';
import type { Coded } from './columns.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A figure with its way over time and its value in the period before. */
interface OverTime<Counts> {
  /** Null without trends; `start` in milliseconds since 1970. */
  readonly trend: readonly ({ readonly start: number } & Counts)[] | null;
  /** Null without a period before. */
  readonly previous: Counts | null;
}

export interface GoalFigures extends Named, GoalCounts, OverTime<GoalCounts> {}

export interface ScorecardFigures extends Named, ScoreFigures, OverTime<ScoreCounts> {}

export const goalFigures = ({ id, name }: Named, selection: Selection): GoalFigures => ({
  ...{ id, name },
  ...countedOverTime(selection.columns.goals.get(id), selection, goalCounts, goalCounts),
});

export const scorecardFigures = ({ id, name }: Named, selection: Selection): ScorecardFigures => ({
  ...{ id, name },
  ...countedOverTime(selection.columns.scorecards.get(id), selection, scoreFigures, scoreCounts),
});

/** @param brief what is said of a point and of the period before */
function countedOverTime<Value, Whole extends object, Brief extends object>(
  column: Coded<Value> | undefined,
  { grouped, points, before }: Selection,
  figures: (values: readonly Counted<Value>[]) => Whole,
  brief: (values: readonly Counted<Value>[]) => Brief,
): Whole & OverTime<Brief> {
  const { whole, groups } = countValues(column, grouped);
  return {
    ...figures(whole),
    trend: points && groups.slice(1).map((group, at) => ({ start: points[at]!, ...brief(group) })),
    previous: before && brief(countValues(column, before).whole),
  };
}
