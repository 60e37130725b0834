import {
  addUsage,
  type AnalystOrigin,
  type AnswerInputDigests,
  type EventDataOf,
  type Finding,
  type RunCounts,
  type Usage,
} from '@harmony/contracts';
import { derivedId, fact, type Fact } from '@harmony/kernel';
import { placeOf, reusableResult, type FoundResult } from './reusable-result.js';
import { attributedKey } from './attributed-key.js';
import type { Insights } from './insights.js';
import type { Cell, CellPlace, PlannedCell, Run, Scores } from './run.js';
import { isNothing } from './spending.js';

type Current = Insights | undefined;

/** An analyst's answer with everything that it is stored with. */
export interface RecordedAnswer {
  readonly identity: string;
  readonly inputs: AnswerInputDigests;
  readonly finding: Finding;
  readonly origin: AnalystOrigin;
  readonly usage: Usage;
  readonly durationMs: number;
}

export type CellFailure = Omit<RecordedAnswer, 'identity' | 'inputs' | 'finding'> & {
  readonly identity: string | null;
  readonly code: string;
};

/**
 * Once a run; what was decided first is what the run answers, also that it has failed.
 * @param found what holds in a cell without asking anybody
 */
export function decideStart(
  current: Current,
  started: EventDataOf<'InsightsRunStarted'>,
  found: (cell: Cell) => FoundResult | undefined = () => undefined,
): Fact[] {
  if (isKnown(current, started.runId)) return [];
  const cells = started.cells.map((cell) => {
    const result = found(cell);
    const carriedFrom = current && result && placeOf(current, result);
    return carriedFrom ? { ...cell, carriedFrom } : cell;
  });
  return [fact('InsightsRunStarted', { ...started, cells })];
}

/** Nothing for a run that started after all. */
export const decideRunFailure = (current: Current, failed: EventDataOf<'InsightsRunFailed'>): Fact[] =>
  isKnown(current, failed.runId) ? [] : [fact('InsightsRunFailed', failed)];

const isKnown = (current: Current, runId: string): boolean =>
  current !== undefined && (current.runs.has(runId) || current.failedRuns.has(runId));

/** Once a run and criterion. */
export const decideJudged = (current: Current, judged: EventDataOf<'CriterionJudged'>): Fact[] => {
  const isJudged = current?.criteria.some(
    ({ runId, criterionId }) => runId === judged.runId && criterionId === judged.criterionId,
  );
  return isJudged ? [] : [fact('CriterionJudged', judged)];
};

/** Undefined for a cell that is settled, and for one that nobody planned. */
export function pendingCell(current: Current, { runId, definitionId }: CellPlace): PlannedCell | undefined {
  const cell = current?.runs.get(runId)?.cells.get(definitionId);
  return cell?.settled === null ? cell : undefined;
}

export const decideAnswer = (current: Current, place: CellPlace, answer: RecordedAnswer): Fact[] =>
  ofPending(current, place, (cell) => fact('InsightRecorded', { ...cell, resultId: resultIdOf(place), ...answer }));

export const decideFailure = (current: Current, place: CellPlace, failure: CellFailure): Fact[] =>
  ofPending(current, place, (cell) => fact('InsightFailed', { ...cell, resultId: resultIdOf(place), ...failure }));

export const decideDrop = (
  current: Current,
  place: CellPlace,
  reason: EventDataOf<'InsightDropped'>['reason'],
): Fact[] => ofPending(current, place, (cell) => fact('InsightDropped', { ...cell, reason }));

/** A stored answer of the same identity holds here too; nothing where there is none that the run may take. */
export function decideCarryOver(
  current: Current,
  place: CellPlace,
  { identity, inputs }: Pick<RecordedAnswer, 'identity' | 'inputs'>,
): Fact[] {
  const run = current?.runs.get(place.runId);
  const stored = run && reusableResult(current, run, identity);
  if (!stored) return [];
  const { resultId, foundIn: fromRunId, finding, origin } = stored;
  return ofPending(current, place, (cell) =>
    fact('InsightCarriedOver', { ...cell, resultId, identity, inputs, fromRunId, finding, origin }),
  );
}

/** Once a run and definition, of what was found; it changes no result. */
export function decideRepeat(current: Current, repeated: EventDataOf<'InsightRepeated'>): Fact[] {
  const run = runOfResult(current, repeated);
  return run && !run.repeated.has(repeated.definitionId) ? [fact('InsightRepeated', repeated)] : [];
}

/** Once a run and definition that was to be repeated, where nothing is known of it yet. */
export function decideNotRepeated(current: Current, { runId, definitionId }: CellPlace): Fact[] {
  const run = current?.runs.get(runId);
  if (!current || !run?.revisionId || run.repeated.has(definitionId)) return [];
  const { conversationId } = current;
  return [fact('InsightNotRepeated', { conversationId, runId, definitionId, revisionId: run.revisionId })];
}

/** Once a change, of what was found; it changes no result. */
export function decideAttributed(current: Current, attributed: EventDataOf<'ChangeAttributed'>): Fact[] {
  const run = runOfResult(current, attributed);
  return run && !run.attributed.has(attributedKey(attributed)) ? [fact('ChangeAttributed', attributed)] : [];
}

/** Undefined where the run has not found this result. */
function runOfResult(
  current: Current,
  { runId, definitionId, resultId }: CellPlace & { readonly resultId: string },
): Run | undefined {
  const run = current?.runs.get(runId);
  const settled = run?.cells.get(definitionId)?.settled;
  return settled && 'resultId' in settled && settled.resultId === resultId ? run : undefined;
}

/** Runs whose cells are all settled, and which nobody has completed. */
export const completableRuns = (current: Current): Run[] =>
  [...(current?.runs.values() ?? [])].filter(
    ({ isCompleted, cells }) => !isCompleted && [...cells.values()].every(({ settled }) => settled !== null),
  );

/** Scores of every project first, so that whoever hears of the end finds them. */
export function decideCompletion(current: Current, runId: string, scores: ReadonlyMap<string, Scores>): Fact[] {
  const run = completableRuns(current).find(({ id }) => id === runId);
  if (!current || !run) return [];
  const { conversationId } = current;
  const evaluations = [...scores].flatMap(([projectId, evaluated]) =>
    decideScores(current, { runId, projectId }, evaluated),
  );
  const { kind, revisionId } = run;
  const usage = usageOf(current, run);
  const completed = { conversationId, runId, kind, revisionId, counts: countsOf(run), ...usage };
  return [...evaluations, fact('InsightsRunCompleted', completed)];
}

/** With what was spent on its criteria before it started; nothing for nothing. */
function usageOf({ criteria }: Insights, { id, usage: answers }: Run): { readonly usage?: Usage } {
  const judged = criteria.filter(({ runId }) => runId === id);
  const usage = judged.reduce((sum, one) => addUsage(sum, one.usage), answers);
  return isNothing(usage) ? {} : { usage };
}

/** Nothing where the run says the same already, by whichever rules. */
export function decideScores(
  current: Current,
  { runId, projectId }: { readonly runId: string; readonly projectId: string },
  { rulesRevision, goals, scorecards }: Scores,
): Fact[] {
  const run = current?.runs.get(runId);
  if (!current || !run) return [];
  const before = run.scores.get(projectId) ?? { goals: [], scorecards: [] };
  const isSame = JSON.stringify([before.goals, before.scorecards]) === JSON.stringify([goals, scorecards]);
  if (isSame) return [];
  const { conversationId } = current;
  const evaluations = { goals: [...goals], scorecards: [...scorecards] };
  return [fact('ScoresEvaluated', { conversationId, runId, projectId, rulesRevision, ...evaluations })];
}

export function countsOf({ cells }: Pick<Run, 'cells'>): RunCounts {
  const counts = { answered: 0, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };
  for (const { settled } of cells.values()) {
    if (settled) counts[countOfOutcome[settled.outcome]] += 1;
    if (settled && 'isCarriedOver' in settled && settled.isCarriedOver) counts.carriedOver += 1;
  }
  return counts;
}

const countOfOutcome = {
  ANSWERED: 'answered',
  NOT_DISCUSSED: 'notDiscussed',
  FAILED: 'failed',
  DROPPED: 'dropped',
} as const;

const resultIdOf = ({ runId, definitionId }: CellPlace): string => derivedId(runId, 'result', definitionId);

type Placed = Pick<PlannedCell, 'projectId' | 'definitionId' | 'definitionVersion'> &
  CellPlace & { readonly conversationId: string };

function ofPending(current: Current, place: CellPlace, settle: (cell: Placed) => Fact): Fact[] {
  const cell = pendingCell(current, place);
  if (!current || !cell) return [];
  const { conversationId } = current;
  const { projectId, definitionId, definitionVersion } = cell;
  return [settle({ conversationId, runId: place.runId, projectId, definitionId, definitionVersion })];
}
