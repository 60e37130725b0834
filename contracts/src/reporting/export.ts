import { z } from 'zod';
import { reportFilter, storableText } from './filter.js';

/**
 * The whole project with a row a conversation, one definition in detail with a row a result, or what a revision changes
 * with a row for each result that is another one than in force, or is there on one side only; or who did what to the
 * revisions of a project, with a row a deed.
 */
export const exportKinds = ['REPORT', 'DEFINITION', 'CHANGES', 'REVISION_HISTORY'] as const;
export type ExportKind = (typeof exportKinds)[number];

export const exportFormats = ['CSV', 'JSONL'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const isWhole = (kind: ExportKind): boolean => kind === 'CHANGES' || kind === 'REVISION_HISTORY';

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
  })
  .refine(({ kind, revisionId }) => kind !== 'CHANGES' || revisionId !== null, {
    path: ['revisionId'],
    error: 'The export of changes names its revision.',
  })
  .refine(({ kind, asOf }) => kind !== 'CHANGES' || asOf === null, {
    path: ['asOf'],
    error: 'Changes are against what is in force when the file is written.',
  })
  .refine(({ kind, filter }) => !isWhole(kind) || JSON.stringify(filter) === JSON.stringify(reportFilter.parse({})), {
    path: ['filter'],
    error: 'Changes, and the history of revisions, are exported whole.',
  })
  .refine(({ kind, search }) => kind !== 'REVISION_HISTORY' || search === null, {
    path: ['search'],
    error: 'The history of revisions is exported whole.',
  });
export type ExportRequest = z.output<typeof exportRequest>;
