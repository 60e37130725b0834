import { z } from 'zod';
import { defineEvent } from '../definition.js';

const contact = z.object({
  contactId: z.uuid(),
  name: z.string().min(1).max(200),
  email: z.email().nullable(),
  company: z.string().max(200).nullable(),
  customFields: z.record(z.string(), z.unknown()),
});

const publicSchema = contact.pick({ contactId: true });

const publicData = ({ contactId }: { contactId: string }) => ({ contactId });

export const contactEvents = {
  ContactAdded: defineEvent({ type: 'ContactAdded', schema: contact, publicSchema, publicData }),
  ContactChanged: defineEvent({ type: 'ContactChanged', schema: contact, publicSchema, publicData }),
  ContactRemoved: defineEvent({ type: 'ContactRemoved', schema: z.object({ contactId: z.uuid() }) }),
} as const;
