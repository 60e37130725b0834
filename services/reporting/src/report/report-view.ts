import type { ReportDisplay, TrendInterval } from '../domain/display.js';
import type { Card, PreviousFigures, TrendPoint } from '../domain/card.js';
import type { OutcomeCounts } from '../domain/tally.js';
import type { Figures } from '../domain/figures/figures.js';
import type { Report } from '../domain/report.js';
import type { GoalFigures, ScorecardFigures } from '../domain/rule-figures.js';
import type { GoalCounts, ScoreCounts } from '../domain/rules.js';
import { exportAvailability, type ExportAvailability } from '../exports/domain/can-export.js';
import type { CataloguedProject } from '../read-model/project-catalogue.js';
import type { ResultRowView } from '../rows/result-row.js';

/** Instants of figures are dates here; nothing else differs. */
type Dated<Point extends { readonly start: number }> = Omit<Point, 'start'> & { readonly start: Date };

/** A card as people see it: the definition, its counts, and the figures of its type. */
export type CardView = Figures & {
  readonly definitionId: string;
  readonly title: string;
  readonly isActive: boolean;
  readonly isRemoved: boolean;
  readonly counts: OutcomeCounts;
  readonly value: number | null;
  readonly trend: readonly Dated<TrendPoint>[] | null;
  readonly previous: PreviousFigures | null;
  readonly latest: readonly ResultRowView[];
};

export type GoalCardView = Omit<GoalFigures, 'trend'> & {
  readonly trend: readonly Dated<{ start: number } & GoalCounts>[] | null;
};
export type ScorecardCardView = Omit<ScorecardFigures, 'trend'> & {
  readonly trend: readonly Dated<{ start: number } & ScoreCounts>[] | null;
};

export interface RangeView {
  readonly from: Date;
  readonly to: Date;
}

/** The whole report of a project. */
export interface ReportView {
  readonly projectId: string;
  readonly name: string;
  readonly asOf: Date | null;
  readonly conversations: number;
  readonly range: RangeView | null;
  readonly interval: TrendInterval | null;
  readonly timeZone: string;
  readonly previous: (RangeView & { readonly conversations: number }) | null;
  readonly export: ExportAvailability;
  readonly cards: readonly CardView[];
  readonly goals: readonly GoalCardView[];
  readonly scorecards: readonly ScorecardCardView[];
}

interface Shown {
  readonly display: ReportDisplay;
  readonly asOf: Date | null;
  /** Of all cards, in their order. */
  readonly latest: readonly ResultRowView[];
}

export function reportView(
  project: Pick<CataloguedProject, 'id' | 'name' | 'definitions'>,
  report: Report,
  { display, asOf, latest }: Shown,
): ReportView {
  const { conversations, range, interval, previous, cards, goals, scorecards } = report;
  return {
    ...{ projectId: project.id, name: project.name, asOf, conversations, interval, timeZone: display.timeZone },
    export: exportAvailability(project),
    range: range && rangeView(range),
    previous: previous && { ...rangeView(previous), conversations: previous.conversations },
    cards: cards.map((card) => cardView(card, latest)),
    goals: goals.map((goal) => ({ ...goal, trend: dated(goal.trend) })),
    scorecards: scorecards.map((scorecard) => ({ ...scorecard, trend: dated(scorecard.trend) })),
  };
}

const rangeView = ({ from, to }: { readonly from: number; readonly to: number }): RangeView => ({
  from: new Date(from),
  to: new Date(to),
});

const dated = <Point extends { readonly start: number }>(trend: readonly Point[] | null): Dated<Point>[] | null =>
  trend && trend.map((point) => ({ ...point, start: new Date(point.start) }));

const cardView = (card: Card, latest: readonly ResultRowView[]): CardView => {
  const { id, title, isActive, isRemoved } = card.definition;
  return {
    ...card.figures,
    ...{ definitionId: id, title, isActive, isRemoved, counts: card.counts, value: card.value },
    ...{ trend: dated(card.trend), previous: card.previous },
    latest: latest.filter(({ definitionId }) => definitionId === id),
  };
};
