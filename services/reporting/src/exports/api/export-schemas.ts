import { defaultPageSize, maximumPageSize, openApiSchema } from '@harmony/api';
import { exportFormats, exportKinds, exportRequest } from '@harmony/contracts';
import { z } from 'zod';
import { exportStatuses } from '../read-model/export-view.js';

const instant = z.iso.datetime();

const exportSchema = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  kind: z.enum(exportKinds),
  definitionId: z.uuid().nullable(),
  format: z.enum(exportFormats),
  status: z.enum(exportStatuses).describe('FAILED: see failureCode. EXPIRED: the file is deleted.'),
  fileName: z.string(),
  requestedAt: instant.describe('The columns are those of this time.'),
  endedAt: instant.nullable(),
  progress: z
    .object({ rowsDone: z.int(), rowsTotal: z.int().describe('Conversations that are selected.') })
    .nullable()
    .describe('While it is written.'),
  rowCount: z.int().nullable().describe('Without the header.'),
  bytes: z.int().nullable(),
  expiresAt: instant.nullable().describe('When the file is deleted.'),
  failureCode: z.string().nullable(),
  download: z
    .object({
      url: z.string().describe('Takes a GET without further credentials.'),
      expiresAt: instant.describe('Of the link; ask for the export again to get a fresh one.'),
    })
    .nullable()
    .describe('While the file is there.'),
});

export const exportDocument = openApiSchema(exportSchema);
export const exportListDocument = openApiSchema(
  z.object({
    edges: z.array(z.object({ cursor: z.string(), node: exportSchema })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
  }),
);
export const exportBody = openApiSchema(exportRequest, 'input');

/** Query of `GET /v1/exports`. */
export const exportListQuery = z.strictObject({
  first: z.coerce.number().int().min(1).max(maximumPageSize).default(defaultPageSize).describe('Size of the page.'),
  after: z.string().optional().describe('endCursor of the page before.'),
});
