import type { EventOf, HarmonyEvent } from '@harmony/contracts';
import { History } from './history.js';
import type { Place } from './read-world.js';
import type { OracleCell, OracleRun, Scores, Settled, World } from './world.js';

/** What an event says of runs, their cells and their scores. */
export function readInsightsEvent(world: World, event: HarmonyEvent, { place }: Place): void {
  switch (event.type) {
    case 'InsightsRunStarted':
      world.runs.set(event.data.runId, started(world, event, place));
      break;
    case 'InsightRecorded':
    case 'InsightCarriedOver':
    case 'InsightFailed':
    case 'InsightDropped':
      settle(world, event);
      break;
    case 'ScoresEvaluated':
      evaluate(world, event);
      break;
    case 'InsightsRunCompleted': {
      const run = world.runs.get(event.data.runId);
      if (run) run.completedAt = Date.parse(event.occurredAt);
      break;
    }
    case 'ConversationDeleted':
    case 'ConversationErased':
    case 'InsightsErased':
      forget(world, event.data.conversationId);
      break;
    default:
  }
}

const started = (
  { runs }: World,
  { data, workspaceId, occurredAt }: EventOf<'InsightsRunStarted'>,
  place: number,
): OracleRun => ({
  ...{ id: data.runId, conversationId: data.conversationId, workspaceId, kind: data.kind, revisionId: data.revisionId },
  projectIds: data.eligibility.filter(({ eligible }) => eligible).map(({ projectId }) => projectId),
  ...{ startedAt: Date.parse(occurredAt), completedAt: null, place, scores: new Map<string, History<Scores>>() },
  cells: new Map(
    data.cells.map(({ carriedFrom, ...cell }): [string, OracleCell] => {
      const source = carriedFrom && runs.get(carriedFrom.runId)?.cells.get(carriedFrom.definitionId)?.settled;
      return [cell.definitionId, source ? { ...cell, settled: { ...source, at: Date.parse(occurredAt) } } : cell];
    }),
  ),
});

type Settling = EventOf<'InsightRecorded' | 'InsightCarriedOver' | 'InsightFailed' | 'InsightDropped'>;

function settle({ runs }: World, event: Settling): void {
  const cell = runs.get(event.data.runId)?.cells.get(event.data.definitionId);
  if (cell && !cell.settled) cell.settled = { ...settledBy(event), at: Date.parse(event.occurredAt) };
}

function settledBy(event: Settling): Settled {
  if (event.type === 'InsightDropped') return { outcome: 'DROPPED' };
  if (event.type === 'InsightFailed') return { outcome: 'FAILED', code: event.data.code };
  return { outcome: event.data.finding.outcome, finding: event.data.finding };
}

function evaluate({ runs }: World, { data, occurredAt }: EventOf<'ScoresEvaluated'>): void {
  const run = runs.get(data.runId);
  const scores: Scores = { goals: data.goals, scorecards: data.scorecards };
  const history = run?.scores.get(data.projectId);
  if (history) history.push(Date.parse(occurredAt), scores);
  else run?.scores.set(data.projectId, new History(Date.parse(occurredAt), scores));
}

function forget({ runs }: World, conversationId: string): void {
  for (const run of runs.values()) if (run.conversationId === conversationId) runs.delete(run.id);
}
