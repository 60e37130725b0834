import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';

interface AboutExport {
  readonly event: { readonly data: { readonly exportId: string } };
}

const keys = ({ event: { data } }: AboutExport): string[][] => [[data.exportId]];

/** An export ends once; what comes later belongs to a job that heard of it too late. */
const ended = (row: Row | undefined, { event }: PositionedEvent, status: string, more: Row = {}): Row | undefined =>
  row && { ...row, status, ended_at: event.occurredAt, ...more };

/** Exports as those who asked for them see them. */
export const exportsTable: ProjectedTable = {
  name: 'exports',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** A user or an API key. */
    requested_by: 'uuid not null',
    project_id: 'uuid not null',
    request: 'jsonb not null',
    file_name: 'text not null',
    requested_at: 'timestamptz not null',
    /** REQUESTED, COMPLETED, FAILED, CANCELLED or EXPIRED. */
    status: 'text not null',
    ended_at: 'timestamptz',
    row_count: 'bigint',
    bytes: 'bigint',
    expires_at: 'timestamptz',
    failure_code: 'text',
  },
  indexes: ['(workspace_id, requested_by, requested_at desc, id desc)'],
  on: {
    ExportRequested: {
      keys,
      becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
        ...{ id: data.exportId, workspace_id: workspaceId, requested_by: data.requestedBy },
        ...{ project_id: data.request.projectId, request: data.request, file_name: data.fileName },
        ...{ requested_at: occurredAt, status: 'REQUESTED' },
      }),
    },
    ExportCompleted: {
      keys,
      evolve: (row, at) => {
        const { rowCount, content, expiresAt } = at.event.data;
        return ended(row, at, 'COMPLETED', { row_count: rowCount, bytes: content.bytes, expires_at: expiresAt });
      },
    },
    ExportFailed: { keys, evolve: (row, at) => ended(row, at, 'FAILED', { failure_code: at.event.data.code }) },
    ExportCancelled: { keys, evolve: (row, at) => ended(row, at, 'CANCELLED') },
    ExportExpired: { keys, evolve: (row) => row && { ...row, status: 'EXPIRED' } },
  },
};
