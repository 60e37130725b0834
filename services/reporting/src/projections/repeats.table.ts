import type { ProjectedTable } from '@harmony/read-model';
import { gone } from './past.js';

/** Answers that were asked again beside a revision although nothing had changed (B6). */
export const repeats: ProjectedTable = {
  name: 'repeats',
  key: ['conversation_id', 'run_id', 'definition_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    definition_id: 'uuid not null',
    revision_id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** Whether the answer was another one; null when the analyst failed. */
    is_changed: 'boolean',
  },
  indexes: ['(revision_id)'],
  on: {
    InsightRepeated: {
      keys: ({ event: { data } }) => [[data.conversationId, data.runId, data.definitionId]],
      becomes: ({ event: { data, workspaceId } }) => ({
        ...{ conversation_id: data.conversationId, run_id: data.runId, definition_id: data.definitionId },
        ...{ revision_id: data.revisionId, workspace_id: workspaceId, is_changed: data.isChanged },
      }),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
