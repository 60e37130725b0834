import { lineOfText } from '@harmony/api';
import { media } from '@harmony/contracts';
import { z } from 'zod';

const id = z.string().max(100);

/** A JSON merge patch (RFC 7396) of what people may set: what is absent stays, null takes a value away. */
export const propertyChangesSchema = z.strictObject({
  title: lineOfText(300).optional(),
  medium: z.enum(media).optional(),
  teamId: id.nullable().optional().describe('A team of the workspace; decides who sees the conversation.'),
  contactId: id.nullable().optional().describe('The primary external participant.'),
  ownerId: id.optional().describe('A user of the workspace; decides who sees the conversation.'),
  tags: z.array(lineOfText(100)).max(50).nullable().optional().describe('All of them; null: none.'),
  customFields: z
    .record(z.string().max(100), z.unknown())
    .nullable()
    .optional()
    .describe('Values by the key of the custom field; those that are not named stay, null takes one away.'),
  startedAt: z.iso.datetime({ offset: true }).nullable().optional().describe('When the conversation began.'),
});

export type PropertyChanges = z.output<typeof propertyChangesSchema>;
