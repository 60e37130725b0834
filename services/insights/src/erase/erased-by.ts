import type { EventDataOf } from '@harmony/contracts';
import type { Insights } from '../domain/insights.js';

/** What a read model that lags must forget, and what it must not: the cost. */
export function erasedBy(insights: Insights | undefined, conversationId: string): EventDataOf<'InsightsErased'> {
  const runs = [...(insights?.runs.values() ?? [])];
  return {
    conversationId,
    runs: runs.map(({ id: runId, cells }) => ({
      runId,
      projectIds: [...new Set([...cells.values()].map(({ projectId }) => projectId))],
    })),
    results: runs.flatMap(({ id: runId, cells }) => [...cells.keys()].map((definitionId) => ({ runId, definitionId }))),
    criteria: (insights?.criteria ?? []).map(({ runId, criterionId }) => ({ runId, criterionId })),
    spending: [...(insights?.spending.values() ?? [])],
  };
}
