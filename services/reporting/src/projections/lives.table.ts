import type { ProjectedTable } from '@harmony/read-model';
import { changedAt, positionColumns } from './past.js';

/** When revisions were made live: the latest counts, and a revision may come back. */
export const lives: ProjectedTable = {
  name: 'lives',
  key: ['revision_id', 'occurrence'],
  columns: {
    revision_id: 'uuid not null',
    /** Id of the event. */
    occurrence: 'text not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    live_at: 'timestamptz not null',
    major: 'bigint not null',
    minor: 'bigint not null',
    ...positionColumns,
  },
  indexes: ['(project_id, revision_id)', '(workspace_id, changed_major, changed_minor)'],
  on: {
    RevisionMadeLive: {
      keys: ({ event }) => [[event.data.revisionId, event.id]],
      evolve: (_row, at) => ({
        revision_id: at.event.data.revisionId,
        occurrence: at.event.id,
        workspace_id: at.event.workspaceId,
        project_id: at.event.data.projectId,
        live_at: at.event.occurredAt,
        major: Number(at.position.major),
        minor: Number(at.position.minor),
        ...changedAt(at),
      }),
    },
  },
};
