import { z } from 'zod';
import { reportFilter, storableText } from './filter.js';

/** The whole project with a row a conversation, or one definition in detail with a row a result. */
export const exportKinds = ['REPORT', 'DEFINITION'] as const;
export type ExportKind = (typeof exportKinds)[number];

export const exportFormats = ['CSV', 'JSONL'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What somebody asked to have exported, complete: the same request at the same `asOf` gives the same bytes. */
export const exportRequest = z
  .object({
    projectId: z.uuid(),
    kind: z.enum(exportKinds).default('REPORT'),
    /** With DEFINITION only. */
    definitionId: z.uuid().nullable().default(null),
    format: z.enum(exportFormats).default('CSV'),
    /** Begins a CSV with U+FEFF, by which Excel knows that it is UTF-8. */
    byteOrderMark: z.boolean().default(false),
    filter: reportFilter.prefault({}),
    /** Words that the rationale, the answer or the conversation's title must have; with DEFINITION only. */
    search: storableText(200).nullable().default(null),
    asOf: z.iso.datetime().nullable().default(null),
    revisionId: z.uuid().nullable().default(null),
  })
  .refine(({ kind, definitionId }) => (kind === 'DEFINITION') === (definitionId !== null), {
    path: ['definitionId'],
    error: 'The detail export names its definition, and the report names none.',
  });
export type ExportRequest = z.output<typeof exportRequest>;
