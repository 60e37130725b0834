import type { Selection } from './selection.js';
import {
  goalCounts,
  scoreCounts,
  scoreFigures,
  type GoalCounts,
  type ScoreCounts,
  type ScoreFigures,
} from './rules.js';
import { countValues, type Counted, type GroupedRows } from './tally.js';
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

export function goalFigures({ id, name }: Named, selection: Selection): GoalFigures {
  const goals = selection.columns.goals.get(id);
  return { id, name, ...goalCounts(wholeOf(goals, selection.whole)), ...overTime(goals, selection, goalCounts) };
}

export function scorecardFigures({ id, name }: Named, selection: Selection): ScorecardFigures {
  const scores = selection.columns.scorecards.get(id);
  return { id, name, ...scoreFigures(wholeOf(scores, selection.whole)), ...overTime(scores, selection, scoreCounts) };
}

const groupsOf = <Value>(column: Coded<Value> | undefined, rows: GroupedRows): Counted<Value>[][] =>
  column ? countValues(column, rows) : Array.from({ length: rows.starts.length - 1 }, () => []);

const wholeOf = <Value>(column: Coded<Value> | undefined, rows: GroupedRows): Counted<Value>[] =>
  groupsOf(column, rows).flat();

function overTime<Value, Counts extends object>(
  column: Coded<Value> | undefined,
  { before, trend }: Selection,
  counts: (values: readonly Counted<Value>[]) => Counts,
): OverTime<Counts> {
  return {
    trend: trend && groupsOf(column, trend.rows).map((group, at) => ({ start: trend.starts[at]!, ...counts(group) })),
    previous: before && counts(wholeOf(column, before)),
  };
}
