import type { ProjectedTable } from '@harmony/read-model';
import { gone } from './fold.js';

/** Goals and scorecards of a project, run by run, as they were evaluated last. */
export const scores: ProjectedTable = {
  name: 'scores',
  key: ['conversation_id', 'run_id', 'project_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    project_id: 'uuid not null',
    workspace_id: 'uuid not null',
    goals: 'jsonb not null',
    scorecards: 'jsonb not null',
    evaluated_at: 'timestamptz not null',
  },
  indexes: ['(workspace_id, project_id)'],
  on: {
    ScoresEvaluated: {
      keys: ({ event: { data } }) => [[data.conversationId, data.runId, data.projectId]],
      becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
        conversation_id: data.conversationId,
        run_id: data.runId,
        project_id: data.projectId,
        workspace_id: workspaceId,
        goals: data.goals,
        scorecards: data.scorecards,
        evaluated_at: occurredAt,
      }),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.runs.flatMap(({ runId, projectIds }) =>
          projectIds.map((projectId) => [data.conversationId, runId, projectId]),
        ),
      evolve: gone,
    },
  },
};
