import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable } from '@harmony/read-model';
import { gone } from './fold.js';

/** What analysts said about criteria of projects. */
export const verdicts: ProjectedTable = {
  name: 'verdicts',
  key: ['conversation_id', 'run_id', 'criterion_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    criterion_id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** Place in the stream of what was asked about the conversation. */
    revision: 'integer not null',
    identity: 'text not null',
    /** Null when the analyst failed. */
    finding: 'jsonb',
    origin: 'jsonb not null',
    usage: 'jsonb not null',
    duration_ms: 'integer not null',
  },
  on: {
    CriterionJudged: {
      keys: ({ event: { data } }) => [[data.conversationId, data.runId, data.criterionId]],
      becomes: ({ event: { data, workspaceId }, revision }) => ({
        conversation_id: data.conversationId,
        run_id: data.runId,
        criterion_id: data.criterionId,
        workspace_id: workspaceId,
        revision,
        identity: data.identity,
        finding: data.finding,
        origin: data.origin,
        usage: data.usage,
        duration_ms: data.durationMs,
      }),
    },
    InsightsErased: {
      keys: ({ event: { data } }: { readonly event: EventOf<'InsightsErased'> }) =>
        data.criteria.map(({ runId, criterionId }) => [data.conversationId, runId, criterionId]),
      evolve: gone,
    },
  },
};
