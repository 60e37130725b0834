import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';

interface AboutProject {
  readonly event: { readonly data: { readonly projectId: string } };
}

const keys = ({ event: { data } }: AboutProject): string[][] => [[data.projectId]];

const flipped = (row: Row | undefined, { revision }: PositionedEvent): Row | undefined =>
  row && { ...row, flipped_at: revision };

/** Whose a project is, which decides who may see its revisions, and when what is in force changed. */
export const projects: ProjectedTable = {
  name: 'projects',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** An array of ids. */
    team_ids: 'jsonb not null',
    created_by: 'uuid not null',
    /** Place in the stream of its revisions of the last event that changed which is in force; -1 for none. */
    flipped_at: 'integer not null',
  },
  on: {
    ProjectCreated: {
      keys,
      becomes: ({ event: { data, workspaceId } }) => ({
        ...{ id: data.projectId, workspace_id: workspaceId, team_ids: data.teamIds, created_by: data.createdBy },
        flipped_at: -1,
      }),
    },
    ProjectChanged: {
      keys,
      evolve: (row, { event: { data } }) => row && { ...row, team_ids: data.teamIds ?? row['team_ids'] },
    },
    ProjectDeleted: { keys, evolve: () => undefined },
    RevisionMadeLive: { keys, evolve: flipped },
    RevisionRolledBack: { keys, evolve: flipped },
  },
};
