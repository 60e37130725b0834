import type { ProjectedTable } from '@harmony/read-model';

/** Revisions of projects from when they are asked for, so that a draft can be looked at before its first run. */
export const revisions: ProjectedTable = {
  name: 'revisions',
  key: ['revision_id'],
  columns: {
    revision_id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    requested_at: 'timestamptz not null',
    /** Null while it is a draft. */
    published_at: 'timestamptz',
    /** When it was completed or cancelled; null before. */
    ended_at: 'timestamptz',
    /** Of the last event that asked what made its results change, until the changes are drawn; null for none. */
    attribution_awaited: 'text',
  },
  indexes: ['(project_id, published_at)'],
  on: {
    RevisionRequested: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
        revision_id: data.revisionId,
        workspace_id: workspaceId,
        project_id: data.projectId,
        requested_at: occurredAt,
      }),
    },
    RevisionCompleted: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event }) => row && { ...row, ended_at: event.occurredAt },
    },
    RevisionCancelled: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event }) => row && { ...row, ended_at: event.occurredAt },
    },
    RevisionRetried: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row) => row && { ...row, ended_at: null },
    },
    RevisionAttributionRequested: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event }) => row && { ...row, attribution_awaited: event.id },
    },
    RevisionChangesDrawn: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event: { data } }) =>
        row?.['attribution_awaited'] === data.requestedBy ? { ...row, attribution_awaited: null } : row,
    },
    RevisionPublished: {
      keys: ({ event: { data } }) => [[data.revisionId]],
      evolve: (row, { event }) => row && { ...row, published_at: event.occurredAt },
    },
  },
};
