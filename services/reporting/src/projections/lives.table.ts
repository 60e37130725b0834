import type { ProjectedTable } from '@harmony/read-model';
import { changedAt, positionColumns } from './past.js';

/** When revisions were made live, and until when: the latest counts, and a revision may come back. */
export const lives: ProjectedTable = {
  name: 'lives',
  key: ['project_id', 'place'],
  columns: {
    project_id: 'uuid not null',
    /** In the stream of the project's revisions: a number, as keys are texts. */
    place: 'text not null',
    workspace_id: 'uuid not null',
    revision_id: 'uuid not null',
    live_at: 'timestamptz not null',
    /** Null for never. */
    rolled_back_at: 'timestamptz',
    major: 'bigint not null',
    minor: 'bigint not null',
    ...positionColumns,
  },
  indexes: ['(project_id, revision_id)', '(workspace_id, changed_major, changed_minor)'],
  on: {
    RevisionMadeLive: {
      keys: ({ event: { data }, revision }) => [[data.projectId, String(revision)]],
      becomes: (at) => ({
        project_id: at.event.data.projectId,
        place: String(at.revision),
        workspace_id: at.event.workspaceId,
        revision_id: at.event.data.revisionId,
        live_at: at.event.occurredAt,
        rolled_back_at: null,
        major: Number(at.position.major),
        minor: Number(at.position.minor),
        ...changedAt(at),
      }),
    },
    RevisionRolledBack: {
      keys: ({ event: { data } }) => [[data.projectId, String(data.madeLiveAt)]],
      evolve: (row, at) => row && { ...row, rolled_back_at: at.event.occurredAt, ...changedAt(at) },
    },
  },
};
