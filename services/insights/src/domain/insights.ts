import type {
  Eligibility,
  EventDataOf,
  EventOf,
  Finding,
  GoalEvaluation,
  HarmonyEvent,
  RunKind,
  ScorecardEvaluation,
} from '@harmony/contracts';
import { addSpending, type Spending } from './spending.js';

/** One definition, at the version that its run answers. */
export type Cell = EventDataOf<'InsightsRunStarted'>['cells'][number];

/** What became of a cell; nothing that follows changes it. */
export type Settled =
  | {
      readonly outcome: 'ANSWERED' | 'NOT_DISCUSSED';
      readonly resultId: string;
      readonly identity: string;
      readonly finding: Finding;
      readonly isCarriedOver: boolean;
    }
  | { readonly outcome: 'FAILED'; readonly resultId: string; readonly code: string }
  | { readonly outcome: 'DROPPED' };

export interface PlannedCell extends Cell {
  /** Null while it is pending. */
  readonly settled: Settled | null;
}

/** Goals and scorecards of one project, by the rules of one revision of its stream. */
export interface Scores {
  readonly rulesRevision: number;
  readonly goals: readonly GoalEvaluation[];
  readonly scorecards: readonly ScorecardEvaluation[];
}

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  readonly revisionId: string | null;
  readonly transcriptVersion: number;
  readonly extractionVersion: number;
  /** Id of the event that started it: the cause of everything that its cells lead to. */
  readonly startedBy: string;
  readonly eligibility: readonly Eligibility[];
  /** By definition. */
  readonly cells: ReadonlyMap<string, PlannedCell>;
  /** The latest, by project. */
  readonly scores: ReadonlyMap<string, Scores>;
  readonly isCompleted: boolean;
}

export type JudgedCriterion = EventDataOf<'CriterionJudged'>;
export type StoredResult = EventDataOf<'InsightRecorded'>;

/** Everything that was asked about one conversation, folded from its insights stream. */
export interface Insights {
  readonly conversationId: string;
  readonly workspaceId: string;
  /** By id, in the order in which they began. */
  readonly runs: ReadonlyMap<string, Run>;
  /** Answers that analysts gave, by run identity: the first one holds wherever it is equal. */
  readonly results: ReadonlyMap<string, StoredResult>;
  /** In the order in which they were judged. */
  readonly criteria: readonly JudgedCriterion[];
  /** What all of it cost. */
  readonly spending: Spending;
}

type CellEvent = EventOf<'InsightRecorded' | 'InsightCarriedOver' | 'InsightFailed' | 'InsightDropped'>;

/** After one more event; events of other streams change nothing. */
export function evolve(before: Insights | undefined, event: HarmonyEvent): Insights | undefined {
  switch (event.type) {
    case 'InsightsRunStarted':
      return withRun(begun(before, event), startedRun(event));
    case 'CriterionJudged':
      return judged(begun(before, event), event);
    default:
      return before && evolveRuns(before, event);
  }
}

function evolveRuns(insights: Insights, event: HarmonyEvent): Insights {
  switch (event.type) {
    case 'InsightRecorded':
      return recorded(settle(insights, event), event);
    case 'InsightFailed': {
      const { projectId, definitionId } = event.data;
      return { ...settle(insights, event), ...spent(insights, event, projectId, definitionId) };
    }
    case 'InsightCarriedOver':
    case 'InsightDropped':
      return settle(insights, event);
    case 'ScoresEvaluated':
      return scored(insights, event.data);
    case 'InsightsRunCompleted':
      return changeRun(insights, event.data.runId, () => ({ isCompleted: true }));
    default:
      return insights;
  }
}

const begun = (
  insights: Insights | undefined,
  { workspaceId, data }: EventOf<'InsightsRunStarted' | 'CriterionJudged'>,
): Insights =>
  insights ?? {
    ...{ conversationId: data.conversationId, workspaceId },
    ...{ runs: new Map(), results: new Map(), criteria: [], spending: new Map() },
  };

function startedRun({ id: startedBy, data }: EventOf<'InsightsRunStarted'>): Run {
  const { runId: id, kind, revisionId, transcriptVersion, extractionVersion, eligibility } = data;
  const cells = new Map(data.cells.map((cell) => [cell.definitionId, { ...cell, settled: null }]));
  const facts = { id, kind, revisionId, transcriptVersion, extractionVersion, startedBy, eligibility };
  return { ...facts, cells, scores: new Map(), isCompleted: false };
}

const withRun = (insights: Insights, run: Run): Insights => ({
  ...insights,
  runs: new Map(insights.runs).set(run.id, run),
});

function changeRun(insights: Insights, runId: string, change: (run: Run) => Partial<Run>): Insights {
  const run = insights.runs.get(runId);
  return run ? withRun(insights, { ...run, ...change(run) }) : insights;
}

function settle(insights: Insights, event: CellEvent): Insights {
  const { runId, definitionId } = event.data;
  return changeRun(insights, runId, ({ cells }) => {
    const cell = cells.get(definitionId);
    return cell ? { cells: new Map(cells).set(definitionId, { ...cell, settled: settledBy(event) }) } : {};
  });
}

function judged(insights: Insights, event: EventOf<'CriterionJudged'>): Insights {
  const { projectId, criterionId } = event.data;
  const criteria = [...insights.criteria, event.data];
  return { ...insights, criteria, ...spent(insights, event, projectId, criterionId) };
}

function settledBy(event: CellEvent): Settled {
  if (event.type === 'InsightDropped') return { outcome: 'DROPPED' };
  if (event.type === 'InsightFailed') {
    return { outcome: 'FAILED', resultId: event.data.resultId, code: event.data.code };
  }
  const { resultId, identity, finding } = event.data;
  const isCarriedOver = event.type === 'InsightCarriedOver';
  return { outcome: finding.outcome, resultId, identity, finding, isCarriedOver };
}

function recorded(insights: Insights, event: EventOf<'InsightRecorded'>): Insights {
  const { projectId, definitionId, identity } = event.data;
  const results = insights.results.has(identity)
    ? insights.results
    : new Map(insights.results).set(identity, event.data);
  return { ...insights, results, ...spent(insights, event, projectId, definitionId) };
}

const spent = (
  { spending }: Insights,
  { occurredAt, data: { usage } }: EventOf<'CriterionJudged' | 'InsightRecorded' | 'InsightFailed'>,
  projectId: string,
  subjectId: string,
): Pick<Insights, 'spending'> => ({ spending: addSpending(spending, { projectId, subjectId, occurredAt, usage }) });

const scored = (insights: Insights, data: EventDataOf<'ScoresEvaluated'>): Insights =>
  changeRun(insights, data.runId, ({ scores }) => {
    const { projectId, rulesRevision, goals, scorecards } = data;
    return { scores: new Map(scores).set(projectId, { rulesRevision, goals, scorecards }) };
  });
