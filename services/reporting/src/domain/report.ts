import type { InsightType, ReportFilter } from '@harmony/contracts';
import { trendPoints, type TrendPoints } from './calendar.js';
import { cardOf, type Card } from './card.js';
import type { ProjectColumns } from './columns.js';
import type { ReportDefinition } from './definition.js';
import type { ReportDisplay } from './display.js';
import { maskOf, rangeOf, rowsWithin, type Range, type Reader } from './mask.js';
import { extentOf, groupByTime } from './rows.js';
import { goalFigures, scorecardFigures, type GoalFigures, type ScorecardFigures } from './rule-figures.js';
import type { Selection } from './selection.js';
import { oneGroup } from './tally.js';

export interface ReportRequest {
  readonly filter: ReportFilter;
  readonly display: ReportDisplay;
  readonly reader: Reader;
  /** Also definitions that were switched off or removed. */
  readonly includeInactive: boolean;
}

/** What a project asks, at the moment of the report. */
export interface ReportCatalogue {
  readonly definitions: readonly ReportDefinition[];
  readonly goals: readonly { readonly id: string; readonly name: string }[];
  readonly scorecards: readonly { readonly id: string; readonly name: string }[];
}

export interface Period {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Excluded. */
  readonly to: number;
  readonly conversations: number;
}

export interface Report {
  /** How many were selected. */
  readonly conversations: number;
  /** Of the filter, where it is open from the first and to the last conversation; null without any. */
  readonly range: Range | null;
  /** How long the points of trends are; null without trends. */
  readonly interval: TrendPoints['interval'] | null;
  /** As long as the range, right before it; null unless both ends were asked for. */
  readonly previous: Period | null;
  readonly cards: readonly Card[];
  readonly goals: readonly GoalFigures[];
  readonly scorecards: readonly ScorecardFigures[];
}

/** Types whose latest results say more than figures (P4). */
const inWords: ReadonlySet<InsightType> = new Set([
  ...(['SUMMARY', 'OPEN_QUESTION', 'MARKDOWN', 'COMPETITORS', 'SPIN_IMPROVEMENT'] as const),
]);

/**
 * The whole report of a project: pure, over columns in memory.
 * @throws HarmonyError INVALID_INPUT when the interval asked for makes too many points.
 */
export function reportOf(columns: ProjectColumns, catalogue: ReportCatalogue, request: ReportRequest): Report {
  const { filter, display, reader, includeInactive } = request;
  const { facts } = columns;
  const mask = maskOf(facts, filter, reader);
  const asked = rangeOf(filter);
  const rows = rowsWithin(facts, mask, asked);
  const range = closed(asked, extentOf(facts, rows));
  const previous = rangeBefore(asked);
  const rowsBefore = previous && rowsWithin(facts, mask, previous);
  const points = display.as === 'GRAPHS' ? pointsOf(range, display) : null;
  // Without a range there are no points, which is a trend too.
  const starts = points?.starts ?? new Float64Array();
  const selection: Selection = {
    ...{ columns, rows, grouped: groupByTime(facts, rows, starts), points: display.as === 'GRAPHS' ? starts : null },
    before: rowsBefore && oneGroup(rowsBefore),
  };
  const latestOf = ({ type }: ReportDefinition): number =>
    display.as === 'LIST' || inWords.has(type) ? display.latest : 0;
  return {
    conversations: rows.length,
    range,
    interval: points?.interval ?? null,
    previous: previous && { ...previous, conversations: rowsBefore?.length ?? 0 },
    cards: shown(catalogue, includeInactive).map((one) => cardOf(one, selection, latestOf(one))),
    goals: catalogue.goals.map((goal) => goalFigures(goal, selection)),
    scorecards: catalogue.scorecards.map((scorecard) => scorecardFigures(scorecard, selection)),
  };
}

const shown = ({ definitions }: ReportCatalogue, includeInactive: boolean): ReportDefinition[] =>
  definitions
    .filter(({ isActive, isRemoved }) => includeInactive || (isActive && !isRemoved))
    .sort((left, right) => left.ordinal - right.ordinal);

/** Open ends reach to the first and the last conversation. */
function closed({ from, to }: Range, extent: { first: number; last: number } | undefined): Range | null {
  const first = Number.isFinite(from) ? from : extent?.first;
  const end = Number.isFinite(to) ? to : extent && extent.last + 1;
  return first === undefined || end === undefined ? null : { from: first, to: end };
}

const rangeBefore = ({ from, to }: Range): Range | null =>
  Number.isFinite(from) && Number.isFinite(to) ? { from: from - (to - from), to: from } : null;

function pointsOf(range: Range | null, { interval, timeZone }: ReportDisplay): TrendPoints | null {
  return range && trendPoints({ ...range, interval, timeZone });
}
