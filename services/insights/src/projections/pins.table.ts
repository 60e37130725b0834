import type { ProjectedTable } from '@harmony/read-model';
import { gone } from './fold.js';

interface AboutPin {
  readonly event: { readonly data: { readonly userId: string; readonly projectId: string } };
}

const keys = ({ event: { data } }: AboutPin): string[][] => [[data.userId, data.projectId]];

/** Which projects people keep at hand. */
export const pins: ProjectedTable = {
  name: 'pins',
  key: ['user_id', 'project_id'],
  columns: {
    user_id: 'uuid not null',
    project_id: 'uuid not null',
    workspace_id: 'uuid not null',
    pinned_at: 'timestamptz not null',
  },
  on: {
    ProjectPinned: {
      keys,
      becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
        user_id: data.userId,
        project_id: data.projectId,
        workspace_id: workspaceId,
        pinned_at: occurredAt,
      }),
    },
    ProjectUnpinned: { keys, evolve: gone },
  },
};
