import { participantsSchema, structuredHeader, structuredTranscriptSchema, uncheckedTurns } from '@harmony/transcript';
import { z } from 'zod';
import { formFields } from '../submit-conversation/submission.js';

/** Conversations of one batch. */
export const maximumBatch = 500;

/** A structured transcript with the form that every way in has, as its caller sends it; for the documents. */
export const transcriptUploadSchema = z.strictObject({ ...formFields, ...structuredTranscriptSchema.shape });

/** The same before its turns are looked at, which is done in slices. */
export const uncheckedUploadSchema = z.strictObject({
  ...formFields,
  ...structuredHeader,
  participants: participantsSchema,
  turns: uncheckedTurns,
});

export const itemKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/)
  .describe('Your own name of the conversation. Imported again under the same key it is the same conversation.');

/** One conversation of a batch. */
export const importItemSchema = z.strictObject({ key: itemKey.nullish(), ...transcriptUploadSchema.shape });

export const importBatchSchema = z.strictObject({
  conversations: z.array(importItemSchema).min(1).max(maximumBatch),
});

/** The same before its conversations are looked at, one by one. */
export const uncheckedBatchSchema = z.strictObject({ conversations: z.array(z.unknown()).min(1).max(maximumBatch) });
