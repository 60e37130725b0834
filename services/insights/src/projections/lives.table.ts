import type { ProjectedTable } from '@harmony/read-model';

/** Revisions that were made live, each with the last time that it was: its runs count as begun then (D3). */
export const lives: ProjectedTable = {
  name: 'lives',
  key: ['revision_id'],
  columns: {
    revision_id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    /** Where in the log it was made live. */
    major: 'bigint not null',
    minor: 'bigint not null',
  },
  on: {
    RevisionMadeLive: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (_row, { event: { data, workspaceId }, position }) => ({
        revision_id: data.revisionId,
        workspace_id: workspaceId,
        project_id: data.projectId,
        major: Number(position.major),
        minor: Number(position.minor),
      }),
    },
  },
};
