import type { ProjectedTable } from '@harmony/read-model';
import { changed, changedAt, gone, instant, positionColumns } from './past.js';

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
    past: 'jsonb not null',
    ...positionColumns,
  },
  indexes: ['(project_id, changed_major, changed_minor)'],
  on: {
    ScoresEvaluated: {
      keys: ({ event: { data } }) => [[data.conversationId, data.runId, data.projectId]],
      evolve: (row, at) => {
        const { data, workspaceId, occurredAt } = at.event;
        const { goals, scorecards } = data;
        if (row) return changed(row, at, { goals, scorecards, evaluated_at: instant(occurredAt) });
        return {
          conversation_id: data.conversationId,
          run_id: data.runId,
          project_id: data.projectId,
          workspace_id: workspaceId,
          goals,
          scorecards,
          evaluated_at: occurredAt,
          past: [],
          ...changedAt(at),
        };
      },
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
