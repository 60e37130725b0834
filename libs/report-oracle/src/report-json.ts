import type { OracleReport } from './report.js';

const iso = (instant: number): string => new Date(instant).toISOString();

const range = ({ from, to }: { readonly from: number; readonly to: number }) => ({ from: iso(from), to: iso(to) });

const dated = <Point extends { readonly start: number }>(trend: readonly Point[] | null) =>
  trend && trend.map((point) => ({ ...point, start: iso(point.start) }));

/**
 * The report as JSON with the names and times of the public API; of the latest results only where they are found, and
 * without whatever of the request comes back.
 */
export function reportJson({ conversations, interval, cards, goals, scorecards, ...report }: OracleReport) {
  return {
    ...{ conversations, interval, range: report.range && range(report.range) },
    previous: report.previous && { ...range(report.previous), conversations: report.previous.conversations },
    cards: cards.map(({ definition, counts, figures, value, trend, previous, latest }) => ({
      ...figures,
      ...{ definitionId: definition.id, title: definition.title },
      ...{ isActive: definition.isActive, isRemoved: definition.isRemoved },
      ...{ counts, value, trend: dated(trend), previous, latest },
    })),
    goals: goals.map((goal) => ({ ...goal, trend: dated(goal.trend) })),
    scorecards: scorecards.map((scorecard) => ({ ...scorecard, trend: dated(scorecard.trend) })),
  };
}
