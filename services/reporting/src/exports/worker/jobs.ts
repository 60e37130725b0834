import { z } from 'zod';

/** Writes the file of an export. */
export const writeExportJob = { name: 'reporting.write-export', priority: 'live' } as const;
export const writeExportPayload = z.object({ exportId: z.uuid() });
export type WriteExportPayload = z.output<typeof writeExportPayload>;

/** Removes the file of an export that has ended. */
export const removeExportJob = { name: 'reporting.remove-export', priority: 'revision' } as const;
export const removeExportPayload = z.object({
  /** Not called `exportId`: whoever cancels the export cancels the job that is. */
  endedExportId: z.uuid(),
});
export type RemoveExportPayload = z.output<typeof removeExportPayload>;
