import { openApiSchema } from '@harmony/api';
import { errorCatalogue, type HarmonyError } from '@harmony/contracts';
import { z } from 'zod';
import { importBatchSchema, importItemSchema, transcriptUploadSchema } from '../structured-import/import-schemas.js';
import { submittedSchema } from './rest-schemas.js';

/** Body of `POST /v1/conversations/transcript-upload`. */
export const transcriptUploadBody = openApiSchema(transcriptUploadSchema, 'input');

/** Body of `POST /v1/conversations/structured-import`. */
export const importBody = {
  oneOf: [openApiSchema(importItemSchema, 'input'), openApiSchema(importBatchSchema, 'input')],
};

const fieldError = z.object({
  pointer: z.string().describe('JSON pointer within the conversation.'),
  detail: z.string(),
  code: z.string().optional(),
});

const importError = z.object({
  code: z.string().describe('Stable; decide by it and never by a text.'),
  title: z.string(),
  detail: z.string(),
  errors: z.array(fieldError),
});

/** Answer to a batch. */
export const importedBatchSchema = z.object({
  recorded: z.int(),
  refused: z.int(),
  results: z.array(
    z.object({
      index: z.int().describe('In the batch, from 0.'),
      key: z.string().nullable(),
      status: z.int().describe('What the conversation would have been answered with by itself.'),
      conversation: submittedSchema.nullable(),
      error: importError.nullable(),
    }),
  ),
});
export type RestImportedBatch = z.output<typeof importedBatchSchema>;
export type ImportError = z.output<typeof importError>;

export const importErrorOf = ({ code, message: detail, errors }: HarmonyError): ImportError => ({
  code,
  title: errorCatalogue[code].title,
  detail,
  errors: [...errors],
});
