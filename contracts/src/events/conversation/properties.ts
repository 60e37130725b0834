import { z } from 'zod';
import { defineEvent } from '../definition.js';
import { conversationId, media, tags, title } from './shared.js';

/** Of every version of the transcript that was begun, how many chunks: whoever keeps them forgets exactly these. */
const transcripts = z.array(z.object({ version: z.int().positive(), chunkCount: z.int().nonnegative() }));

/** What people set right afterwards, and the end of a conversation. */
export const propertyEvents = {
  /** A field that is absent stays as it is. */
  ConversationChanged: defineEvent({
    type: 'ConversationChanged',
    schema: z.object({
      conversationId,
      title: title.optional(),
      medium: z.enum(media).optional(),
      teamId: z.uuid().nullable().optional(),
      contactId: z.uuid().nullable().optional(),
      ownerId: z.uuid().optional(),
      tags: tags.optional(),
      customFields: z.record(z.string(), z.unknown()).optional(),
      startedAt: z.iso.datetime().nullable().optional(),
    }),
    publicSchema: z.object({
      conversationId,
      medium: z.enum(media).optional(),
      teamId: z.uuid().nullable().optional(),
      contactId: z.uuid().nullable().optional(),
      ownerId: z.uuid().optional(),
    }),
    publicData: ({ conversationId: id, medium, teamId, contactId, ownerId }) => ({
      conversationId: id,
      ...(medium !== undefined && { medium }),
      ...(teamId !== undefined && { teamId }),
      ...(contactId !== undefined && { contactId }),
      ...(ownerId !== undefined && { ownerId }),
    }),
  }),
  /** The last event of the stream: from here on nothing may be added, and everything is taken away (D12). */
  ConversationDeleted: defineEvent({
    type: 'ConversationDeleted',
    /** No transcripts: none was ever begun. */
    schema: z.object({ conversationId, transcripts: transcripts.optional() }),
  }),
  /** What stays, in a stream of its own: no personal data, and enough for a read model that lags to forget the rest. */
  ConversationErased: defineEvent({
    type: 'ConversationErased',
    schema: z.object({ conversationId, transcripts }),
  }),
} as const;
