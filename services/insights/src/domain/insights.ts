import { addUsage, noUsage, type EventDataOf, type EventOf, type HarmonyEvent, type Usage } from '@harmony/contracts';
import { attributedKey } from './attributed-key.js';
import type { CellPlace, Run, Settled } from './run.js';
import { spent, type Spending } from './spending.js';

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
  /** Runs that failed before they began; they begin no more. */
  readonly failedRuns: ReadonlySet<string>;
  /** In the order in which they were judged. */
  readonly criteria: readonly JudgedCriterion[];
  /** What all of it cost. */
  readonly spending: Spending;
  /** When the latest of it happened: ISO 8601. */
  readonly latestAt: string;
}

type CellEvent = EventOf<'InsightRecorded' | 'InsightCarriedOver' | 'InsightFailed' | 'InsightDropped'>;

/** After one more event; events of other streams change nothing. */
export function evolve(before: Insights | undefined, event: HarmonyEvent): Insights | undefined {
  const after = evolved(before, event);
  if (!after || after === before || Date.parse(event.occurredAt) <= Date.parse(after.latestAt)) return after;
  return { ...after, latestAt: event.occurredAt };
}

function evolved(before: Insights | undefined, event: HarmonyEvent): Insights | undefined {
  switch (event.type) {
    case 'InsightsRunStarted':
      return started(begun(before, event), event);
    case 'InsightsRunFailed':
      return failedRun(begun(before, event), event);
    case 'CriterionJudged':
      return judged(begun(before, event), event);
    default:
      return before && evolveRuns(before, event);
  }
}

function evolveRuns(insights: Insights, event: HarmonyEvent): Insights {
  switch (event.type) {
    case 'InsightRecorded':
      return recorded(settle(insights, event, event.data.usage), event);
    case 'InsightFailed': {
      const { projectId, definitionId } = event.data;
      return { ...settle(insights, event, event.data.usage), ...spent(insights, event, projectId, definitionId) };
    }
    case 'InsightRepeated':
      return repeated(insights, event);
    case 'InsightNotRepeated':
      return markedRepeated(insights, event.data);
    case 'ChangeAttributed':
      return attributed(insights, event);
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
  { workspaceId, occurredAt, data }: EventOf<'InsightsRunStarted' | 'InsightsRunFailed' | 'CriterionJudged'>,
): Insights =>
  insights ?? {
    ...{ conversationId: data.conversationId, workspaceId, latestAt: occurredAt },
    ...{ runs: new Map(), results: new Map(), failedRuns: new Set(), criteria: [], spending: new Map() },
  };

function started(insights: Insights, { id: startedBy, data }: EventOf<'InsightsRunStarted'>): Insights {
  const { runId: id, kind, revisionId, transcriptVersion, extractionVersion, eligibility, frozen } = data;
  const cells = new Map(
    data.cells.map(({ carriedFrom, ...cell }) => {
      const settled = carriedFrom ? carriedOver(insights, carriedFrom) : null;
      return [cell.definitionId, { ...cell, settled }];
    }),
  );
  const facts = { id, kind, revisionId, transcriptVersion, extractionVersion, startedBy, eligibility };
  return withRun(insights, {
    ...{ ...facts, frozen, isForced: data.isForced ?? false, cells },
    ...{ scores: new Map(), repeated: new Set(), attributed: new Set(), usage: noUsage, isCompleted: false },
  });
}

function carriedOver({ runs }: Insights, { runId, definitionId }: CellPlace): Settled | null {
  const settled = runs.get(runId)?.cells.get(definitionId)?.settled;
  return settled && 'finding' in settled ? { ...settled, isCarriedOver: true } : null;
}

const failedRun = (insights: Insights, { data }: EventOf<'InsightsRunFailed'>): Insights => ({
  ...insights,
  failedRuns: new Set(insights.failedRuns).add(data.runId),
});

const withRun = (insights: Insights, run: Run): Insights => ({
  ...insights,
  runs: new Map(insights.runs).set(run.id, run),
});

function changeRun(insights: Insights, runId: string, change: (run: Run) => Partial<Run>): Insights {
  const run = insights.runs.get(runId);
  return run ? withRun(insights, { ...run, ...change(run) }) : insights;
}

function settle(insights: Insights, event: CellEvent, used: Usage = noUsage): Insights {
  const { runId, definitionId } = event.data;
  return changeRun(insights, runId, ({ cells, ...run }) => {
    const cell = cells.get(definitionId);
    const usage = addUsage(run.usage, used);
    return cell
      ? { usage, cells: new Map(cells).set(definitionId, { ...cell, settled: settledBy(event) }) }
      : { usage };
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
    const { resultId, identity, code, origin } = event.data;
    return { outcome: 'FAILED', resultId, identity, code, origin };
  }
  const { resultId, identity, inputs, finding, origin } = event.data;
  const isCarriedOver = event.type === 'InsightCarriedOver';
  const foundIn = isCarriedOver ? event.data.fromRunId : event.data.runId;
  return { outcome: finding.outcome, resultId, identity, inputs, finding, origin, foundIn, isCarriedOver };
}

function recorded(insights: Insights, event: EventOf<'InsightRecorded'>): Insights {
  const { projectId, definitionId, identity } = event.data;
  const results = insights.results.has(identity)
    ? insights.results
    : new Map(insights.results).set(identity, event.data);
  return { ...insights, results, ...spent(insights, event, projectId, definitionId) };
}

function repeated(insights: Insights, event: EventOf<'InsightRepeated'>): Insights {
  const { projectId, definitionId } = event.data;
  return { ...markedRepeated(insights, event.data), ...spent(insights, event, projectId, definitionId) };
}

const markedRepeated = (
  insights: Insights,
  { runId, definitionId }: EventDataOf<'InsightRepeated' | 'InsightNotRepeated'>,
): Insights => changeRun(insights, runId, (run) => ({ repeated: new Set(run.repeated).add(definitionId) }));

/** What could not be asked may be asked another time. */
function attributed(insights: Insights, event: EventOf<'ChangeAttributed'>): Insights {
  const { runId, projectId, definitionId, effects } = event.data;
  const marked =
    effects.length === 0
      ? insights
      : changeRun(insights, runId, (run) => ({ attributed: new Set(run.attributed).add(attributedKey(event.data)) }));
  return { ...marked, ...spent(insights, event, projectId, definitionId) };
}

const scored = (insights: Insights, data: EventDataOf<'ScoresEvaluated'>): Insights =>
  changeRun(insights, data.runId, ({ scores }) => {
    const { projectId, rulesRevision, goals, scorecards } = data;
    return { scores: new Map(scores).set(projectId, { rulesRevision, goals, scorecards }) };
  });
