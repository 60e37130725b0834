import type { Cell, Coded } from './columns.js';
import type { ReportDefinition } from './definition.js';
import { briefOf, figuresOf, headline, type Figures, type PartCount } from './figures/figures.js';
import type { Selection } from './selection.js';
import { latestAnswered } from './rows.js';
import { tallies, type OutcomeCounts, type Tally } from './tally.js';

export interface TrendPoint extends Omit<OutcomeCounts, 'pending'> {
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly value: number | null;
  readonly parts: readonly PartCount[];
}

/** The same card over the period before. */
export interface PreviousFigures extends Omit<OutcomeCounts, 'pending'> {
  readonly value: number | null;
}

/** Where a result is found. */
export interface ResultKey {
  readonly conversationId: string;
  readonly runId: string;
  readonly definitionId: string;
}

/** What a report says about one definition. */
export interface Card {
  readonly definition: ReportDefinition;
  readonly counts: OutcomeCounts;
  readonly figures: Figures;
  /** The one number that stands for the card; null where there is none. */
  readonly value: number | null;
  /** Null without trends. */
  readonly trend: readonly TrendPoint[] | null;
  /** Null without a period before. */
  readonly previous: PreviousFigures | null;
  /** Answered ones, the newest first. */
  readonly latest: readonly ResultKey[];
}

/** @param latest how many of the latest results are named */
export function cardOf(definition: ReportDefinition, selection: Selection, latest: number): Card {
  const { columns, grouped, points, before } = selection;
  const cells = columns.cells.get(definition.id);
  const { whole: tally, groups } = tallies(definition.type, cells, grouped);
  const figures = figuresOf(definition, tally);
  return {
    definition,
    counts: countsOf(tally),
    figures,
    value: headline(figures, tally.answered),
    trend: points && groups.slice(1).map((point, at) => pointOf(definition, point, points[at]!)),
    previous: before && previousOf(definition, tallies(definition.type, cells, before).whole),
    latest: cells ? latestOf(definition, selection, cells, latest) : [],
  };
}

const countsOf = ({ asked, answered, notDiscussed, failed, pending }: Tally): OutcomeCounts => ({
  ...{ asked, answered, notDiscussed, failed, pending },
});

const pointOf = (definition: ReportDefinition, tally: Tally, start: number): TrendPoint => ({
  ...{ start, asked: tally.asked, answered: tally.answered, notDiscussed: tally.notDiscussed, failed: tally.failed },
  ...briefOf(definition, tally),
});

const previousOf = (definition: ReportDefinition, tally: Tally): PreviousFigures => ({
  ...{ asked: tally.asked, answered: tally.answered, notDiscussed: tally.notDiscussed, failed: tally.failed },
  value: briefOf(definition, tally).value,
});

function latestOf({ id }: ReportDefinition, { columns, grouped }: Selection, cells: Coded<Cell>, count: number) {
  const { facts } = columns;
  return latestAnswered(facts, cells, grouped, count).map((row) => ({
    conversationId: facts.conversationIds[row]!,
    runId: facts.runIds[row]!,
    definitionId: id,
  }));
}
