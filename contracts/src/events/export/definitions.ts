import { z } from 'zod';
import { exportRequest } from '../../reporting/export.js';
import { storedObject } from '../conversation/shared.js';
import { defineEvent } from '../definition.js';

const exportId = z.uuid();

/** A file that somebody asked for. Stream `export-<id>`. */
export const exportEvents = {
  ExportRequested: defineEvent({
    type: 'ExportRequested',
    schema: z.object({
      exportId,
      request: exportRequest,
      /** Whose rights decide what the file holds. */
      requestedBy: z.uuid(),
      fileName: z.string().min(1).max(300),
    }),
    publicSchema: z.object({ exportId, projectId: z.uuid(), requestedBy: z.uuid() }),
    publicData: ({ exportId: id, request: { projectId }, requestedBy }) => ({ exportId: id, projectId, requestedBy }),
  }),
  ExportCompleted: defineEvent({
    type: 'ExportCompleted',
    schema: z.object({
      exportId,
      content: storedObject,
      rowCount: z.int().nonnegative(),
      /** When the file is deleted. */
      expiresAt: z.iso.datetime(),
    }),
    publicSchema: z.object({ exportId, rowCount: z.int().nonnegative(), expiresAt: z.iso.datetime() }),
    publicData: ({ exportId: id, rowCount, expiresAt }) => ({ exportId: id, rowCount, expiresAt }),
  }),
  ExportFailed: defineEvent({ type: 'ExportFailed', schema: z.object({ exportId, code: z.string().min(1) }) }),
  ExportCancelled: defineEvent({ type: 'ExportCancelled', schema: z.object({ exportId }) }),
  /** The file is gone. */
  ExportExpired: defineEvent({ type: 'ExportExpired', schema: z.object({ exportId }) }),
} as const;
