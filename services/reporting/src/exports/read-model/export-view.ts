import type { ExportFormat, ExportKind, ExportRequest } from '@harmony/contracts';
import type { DownloadLink } from '../download/download-links.js';

export const exportStatuses = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;
export type ExportStatus = (typeof exportStatuses)[number];

/** A row of `reporting.exports` with how far its writer is. */
export interface ExportRow {
  readonly id: string;
  readonly project_id: string;
  readonly request: ExportRequest;
  readonly file_name: string;
  readonly requested_at: Date;
  readonly status: 'REQUESTED' | Exclude<ExportStatus, 'QUEUED' | 'RUNNING'>;
  readonly ended_at: Date | null;
  readonly row_count: number | null;
  readonly bytes: number | null;
  readonly expires_at: Date | null;
  readonly failure_code: string | null;
  readonly rows_done: number | null;
  readonly rows_total: number | null;
}

export interface ExportProgressView {
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

/** An export as whoever asked for it sees it. */
export interface ExportView {
  readonly id: string;
  readonly projectId: string;
  readonly kind: ExportKind;
  readonly definitionId: string | null;
  readonly format: ExportFormat;
  readonly status: ExportStatus;
  readonly fileName: string;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  /** While it is written. */
  readonly progress: ExportProgressView | null;
  readonly rowCount: number | null;
  readonly bytes: number | null;
  /** When the file is deleted. */
  readonly expiresAt: Date | null;
  readonly failureCode: string | null;
  /** While the file is there. */
  readonly download: DownloadLink | null;
}

function statusOf({ status, expires_at, rows_done }: ExportRow, now: Date): ExportStatus {
  if (status === 'REQUESTED') return rows_done === null ? 'QUEUED' : 'RUNNING';
  return status === 'COMPLETED' && expires_at !== null && now >= expires_at ? 'EXPIRED' : status;
}

export function exportView(row: ExportRow, now: Date): Omit<ExportView, 'download'> {
  const { kind, definitionId, format } = row.request;
  const { rows_done: rowsDone, rows_total: rowsTotal } = row;
  const status = statusOf(row, now);
  return {
    ...{ id: row.id, projectId: row.project_id, kind, definitionId, format, status, fileName: row.file_name },
    ...{ requestedAt: row.requested_at, endedAt: row.ended_at, expiresAt: row.expires_at },
    progress: status === 'RUNNING' && rowsDone !== null && rowsTotal !== null ? { rowsDone, rowsTotal } : null,
    ...{ rowCount: row.row_count, bytes: row.bytes, failureCode: row.failure_code },
  };
}
