import { z } from 'zod';
import { defineEvent } from '../definition.js';
import { conversationId, conversationSources, media, storedObject, tags, title, transcriptFormats } from './shared.js';

/** How a conversation comes to be, up to the file that everything else starts from. */
export const submissionEvents = {
  ConversationSubmitted: defineEvent({
    type: 'ConversationSubmitted',
    schema: z.object({
      conversationId,
      source: z.enum(conversationSources),
      title,
      medium: z.enum(media),
      teamId: z.uuid().nullable(),
      contactId: z.uuid().nullable(),
      ownerId: z.uuid(),
      createdBy: z.uuid(),
      tags,
      customFields: z.record(z.string(), z.unknown()),
      /** When the conversation itself began, where whoever submitted it said so. */
      startedAt: z.iso.datetime().nullable().optional(),
      /** Null until the recording is uploaded or the link is fetched. */
      content: storedObject.nullable(),
    }),
    publicSchema: z.object({
      conversationId,
      source: z.enum(conversationSources),
      medium: z.enum(media),
      teamId: z.uuid().nullable(),
      contactId: z.uuid().nullable(),
      ownerId: z.uuid(),
    }),
    publicData: ({ conversationId: id, source, medium, teamId, contactId, ownerId }) => ({
      conversationId: id,
      source,
      medium,
      teamId,
      contactId,
      ownerId,
    }),
  }),
  UrlImportRequested: defineEvent({
    type: 'UrlImportRequested',
    schema: z.object({ conversationId, url: z.string().min(1).max(4_096) }),
    /** A link may carry a secret of whoever shared it. */
    publicSchema: z.object({ conversationId }),
    publicData: ({ conversationId: id }) => ({ conversationId: id }),
  }),
  TranscriptReceived: defineEvent({
    type: 'TranscriptReceived',
    schema: z.object({ conversationId, content: storedObject, format: z.enum(transcriptFormats) }),
  }),
} as const;
