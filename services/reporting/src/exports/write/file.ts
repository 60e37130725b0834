import type { ExportFormat } from '@harmony/contracts';
import type { Export } from '../domain/export.js';

/** As HTTP calls them. */
export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  CSV: 'text/csv; charset=utf-8; header=present',
  JSONL: 'application/x-ndjson',
};

/** One place for each export, so that whoever begins anew overwrites what a dead one left. */
export const fileKeyOf = ({ id, workspaceId }: Pick<Export, 'id' | 'workspaceId'>): string =>
  `${workspaceId}/exports/${id}`;
