import { openApiSchema } from '@harmony/api';
import { z } from 'zod';
import { formSchema } from '../submit-conversation/submission.js';
import { completeUploadSchema } from '../uploads/complete-upload.js';
import { startUploadSchema } from '../uploads/start-upload.js';
import { uploadStates } from '../uploads/upload-view.js';

const part = z.object({
  number: z.int().describe('From 1.'),
  bytes: z.int(),
  received: z.boolean(),
  sha256: z.string().nullable().describe('Hex; null where the store does not tell.'),
  url: z
    .string()
    .describe(
      'Takes one PUT of the part, as often as it must be repeated. A path of this API, to be used with its credentials; ' +
        'or a signed address of the object store, which needs none. Ask for the upload again to get fresh ones.',
    ),
});

const uploadSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  state: z
    .enum(uploadStates)
    .describe(
      'PREPARING: no part has arrived. UPLOADING: some have. FINISHING: all have, complete it. RECEIVED: the recording ' +
        'is there. EXPIRED: it was not finished in time. REFUSED: see failureCode.',
    ),
  fileName: z.string(),
  bytes: z.int(),
  partBytes: z.int().describe('Of every part but the last.'),
  partCount: z.int(),
  receivedParts: z.int(),
  receivedBytes: z.int(),
  expiresAt: z.iso.datetime(),
  failureCode: z.string().nullable(),
  parts: z.array(part).describe('Empty once nothing can be sent any more.'),
});

export const uploadDocument = openApiSchema(uploadSchema);
export const receivedPartDocument = openApiSchema(
  z.object({ number: z.int(), bytes: z.int(), sha256: z.string().optional().describe('Where one was given.') }),
);
export const startUploadBody = openApiSchema(startUploadSchema, 'input');
export const completeUploadBody = openApiSchema(completeUploadSchema, 'input');

const { properties } = openApiSchema(formSchema, 'input') as { properties: Record<string, unknown> };

/** A form as browsers send it. */
export const recordingFormBody = {
  type: 'object',
  required: ['file'],
  properties: {
    ...properties,
    customFields: { type: 'string', description: 'A JSON object: values by the key of the custom field.' },
    file: { type: 'string', format: 'binary', description: 'Audio or video, at most 2,147,483,648 bytes.' },
  },
};
