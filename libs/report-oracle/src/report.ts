import type { Answer, InsightType, ReportFilter, RuleOutcome } from '@harmony/contracts';
import { bucketOf, buckets, defaultInterval, startOf, type Interval } from './calendar.js';
import { oracleFigures } from './figures.js';
import {
  passes,
  selectAll,
  timeOf,
  visibleProject,
  type OracleMoment,
  type OracleReader,
  type Selected,
} from './selection.js';
import { countOf, mean, median, share } from './statistics.js';
import type { OracleDefinition, Settled, World } from './world.js';

export interface OracleDisplay {
  readonly as: 'GRAPHS' | 'LIST';
  readonly interval: Interval | null;
  readonly timeZone: string;
  readonly latest: number;
}

export interface OracleRequest {
  readonly projectId: string;
  readonly filter: ReportFilter;
  readonly display: OracleDisplay;
  readonly moment: OracleMoment;
  readonly includeInactive: boolean;
}

/** A definition as it was at the moment. */
export interface DefinitionThen {
  readonly id: string;
  readonly type: InsightType;
  readonly title: string;
  readonly successAnswer: 'YES' | 'NO';
  readonly isActive: boolean;
  readonly isRemoved: boolean;
  readonly ordinal: number;
  readonly version: number;
  readonly definition: OracleDefinition;
}

/** In the order of the report, inactive and removed ones too. */
export function definitionsThen(world: World, projectId: string, time: number): DefinitionThen[] {
  const own = [...world.definitions.values()].filter((one) => one.projectId === projectId && one.createdAt <= time);
  return own
    .map((definition) => ({
      ...{ id: definition.id, type: definition.type, definition },
      title: definition.title.asOf(time) ?? '',
      successAnswer: definition.successAnswer.asOf(time) ?? 'YES',
      isActive: definition.isActive.asOf(time) ?? false,
      isRemoved: definition.isRemoved.asOf(time) ?? false,
      ordinal: definition.ordinal.asOf(time) ?? 0,
      version: definition.version.asOf(time) ?? 0,
    }))
    .sort((left, right) => left.ordinal - right.ordinal || (left.id < right.id ? -1 : 1));
}

/** What became of a definition in a conversation by then; undefined where it was not asked, or dropped. */
export function cellThen(one: Selected, definitionId: string, time: number): Settled | 'PENDING' | undefined {
  const cell = one.run.cells.get(definitionId);
  if (!cell) return undefined;
  if (!cell.settled || cell.settled.at > time) return 'PENDING';
  return cell.settled.outcome === 'DROPPED' ? undefined : cell.settled;
}

/**
 * The whole report of a project for a reader, computed from the log by brute force.
 * @throws HarmonyError UNKNOWN_PROJECT, UNKNOWN_REVISION
 */
export function oracleReport(world: World, reader: OracleReader, request: OracleRequest) {
  const { projectId, filter, display, moment, includeInactive } = request;
  const time = timeOf(world, reader, projectId, moment);
  const project = visibleProject(world, reader, projectId, time);
  const candidates = selectAll(world, reader, projectId, moment).filter((one) => passes(filter, one));
  const asked = endsOf(filter);
  const selected = candidates.filter(isWithin(asked));
  const before = beforeOf(asked, candidates);
  const range = rangeOf(asked, selected);
  const interval = range && (display.interval ?? defaultInterval(range.from, range.to));
  const points = display.as === 'GRAPHS' ? pointsOf(selected, range, interval, display.timeZone) : null;
  const overTime = <Figures>(figures: (some: readonly Selected[]) => Figures) => ({
    trend: points && points.map(({ start, own }) => ({ start, ...figures(own) })),
    previous: before && figures(before.selected),
  });
  const shown = definitionsThen(world, projectId, time).filter(
    ({ isActive, isRemoved }) => includeInactive || (isActive && !isRemoved),
  );
  return {
    conversations: selected.length,
    range,
    interval: points && interval,
    previous: before && { ...before.range, conversations: before.selected.length },
    cards: shown.map((definition) => {
      const { counts, figures, value } = cardFigures(definition, selected, time);
      const { trend, previous } = overTime((some) => {
        const of = cardFigures(definition, some, time);
        const { pending: _, ...outcomes } = of.counts;
        return { ...outcomes, value: of.value, parts: of.parts.filter(({ count }) => count > 0) };
      });
      return {
        definition,
        ...{ counts, figures, value, trend },
        previous: previous && { ...previous, parts: undefined },
        latest: latestOf(definition, selected, time, latestCount(display, definition.type)),
      };
    }),
    goals: (project.goals.asOf(time) ?? []).map(({ id, name }) => {
      const of = (some: readonly Selected[]) => goalFigures(id, some, time);
      return { id, name, ...of(selected), ...overTime(of) };
    }),
    scorecards: (project.scorecards.asOf(time) ?? []).map(({ id, name }) => {
      const of = (some: readonly Selected[]) => scorecardFigures(id, some, time);
      const brief = (some: readonly Selected[]) => ({ count: of(some).count, mean: of(some).mean });
      return { id, name, ...of(selected), ...overTime(brief) };
    }),
  };
}
export type OracleReport = ReturnType<typeof oracleReport>;

interface Ends {
  readonly from: number | null;
  readonly to: number | null;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

export const endsOf = ({ from, to }: ReportFilter): Ends => ({
  from: from === null ? null : Date.parse(from),
  to: to === null ? null : Date.parse(to),
});

/** The end is excluded. */
export const isWithin =
  ({ from, to }: Ends) =>
  ({ happenedAt }: Selected): boolean =>
    (from === null || happenedAt >= from) && (to === null || happenedAt < to);

/** Open ends reach to the first and the last of what is selected. */
function rangeOf({ from, to }: Ends, selected: readonly Selected[]): Range | null {
  const times = selected.map(({ happenedAt }) => happenedAt);
  if (times.length === 0) return from === null || to === null ? null : { from, to };
  return { from: from ?? Math.min(...times), to: to ?? Math.max(...times) + 1 };
}

/** As long as what was asked for, right before it; only where both ends were. */
function beforeOf({ from, to }: Ends, candidates: readonly Selected[]) {
  if (from === null || to === null) return null;
  const range: Range = { from: from - (to - from), to: from };
  return { range, selected: candidates.filter(isWithin(range)) };
}

function pointsOf(
  selected: readonly Selected[],
  range: Range | null,
  interval: Interval | null,
  timeZone: string,
): { readonly start: number; readonly own: Selected[] }[] {
  if (!range || !interval) return [];
  const bucketsOfSelected = selected.map(({ happenedAt }) => bucketOf(happenedAt, interval, timeZone));
  return buckets(range.from, range.to - 1, interval, timeZone).map((bucket) => ({
    start: startOf(bucket, timeZone),
    own: selected.filter((_, index) => bucketsOfSelected[index] === bucket),
  }));
}

function cardFigures(
  { definition, version, successAnswer, id }: DefinitionThen,
  some: readonly Selected[],
  time: number,
) {
  const cells = some.flatMap((one) => cellThen(one, id, time) ?? []);
  const outcomes = cells.map((cell) => (cell === 'PENDING' ? cell : cell.outcome));
  const of = (outcome: string): number => countOf(outcomes, (one) => one === outcome);
  const counts = {
    ...{ asked: cells.length, answered: of('ANSWERED'), notDiscussed: of('NOT_DISCUSSED') },
    ...{ failed: of('FAILED'), pending: of('PENDING') },
  };
  const answers = cells.flatMap((cell): Answer[] =>
    cell !== 'PENDING' && 'finding' in cell && cell.finding.outcome === 'ANSWERED' ? [cell.finding.answer] : [],
  );
  const question = definition.questions.get(version);
  if (!question) throw new RangeError(`Definition ${id} has no version ${version}.`);
  return { counts, ...oracleFigures(question, successAnswer, answers) };
}

/** Types whose latest answers are shown beside graphs too. */
const words: readonly InsightType[] = ['SUMMARY', 'OPEN_QUESTION', 'MARKDOWN', 'COMPETITORS', 'SPIN_IMPROVEMENT'];

const latestCount = ({ as, latest }: OracleDisplay, type: InsightType): number =>
  as === 'LIST' || words.includes(type) ? latest : 0;

/** Newest first, of the same time by id. */
export const newestFirst = (left: Selected, right: Selected): number =>
  right.happenedAt - left.happenedAt || (left.conversation.id < right.conversation.id ? -1 : 1);

function latestOf({ id }: DefinitionThen, selected: readonly Selected[], time: number, count: number) {
  const answered = selected.filter((one) => {
    const cell = cellThen(one, id, time);
    return cell !== undefined && cell !== 'PENDING' && cell.outcome === 'ANSWERED';
  });
  return answered
    .sort(newestFirst)
    .slice(0, count)
    .map(({ conversation, run }) => ({ conversationId: conversation.id, runId: run.id, definitionId: id }));
}

function goalFigures(goalId: string, some: readonly Selected[], time: number) {
  const outcomes = some.flatMap(({ run }): RuleOutcome[] => {
    const goals = [...run.scores.values()].flatMap((history) => history.asOf(time)?.goals ?? []);
    return goals.filter((goal) => goal.goalId === goalId).map(({ outcome }) => outcome);
  });
  const of = (outcome: RuleOutcome): number => countOf(outcomes, (one) => one === outcome);
  const [met, notMet] = [of('MET'), of('NOT_MET')];
  return { met, notMet, unknown: of('UNKNOWN'), share: share(met, met + notMet) };
}

function scorecardFigures(scorecardId: string, some: readonly Selected[], time: number) {
  const scores = some.flatMap(({ run }) => {
    const cards = [...run.scores.values()].flatMap((history) => history.asOf(time)?.scorecards ?? []);
    return cards.filter((card) => card.scorecardId === scorecardId).flatMap(({ score }) => score ?? []);
  });
  const distribution = Array.from({ length: 10 }, (_, band) => ({
    ...{ from: band * 10, to: band * 10 + 10 },
    count: countOf(scores, (score) => (score === 100 ? band === 9 : score >= band * 10 && score < band * 10 + 10)),
  }));
  return { count: scores.length, mean: mean(scores), median: median(scores), distribution };
}
