import { media } from '@harmony/contracts';
import { z } from 'zod';

/** Text that a database takes: no control characters, no broken surrogates. */
export const line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .refine((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text), 'Must not hold control characters.');

const id = z.string().max(100);

/** What every way in asks for beside the conversation itself (F95 to F99). Null counts as not given. */
export const formFields = {
  title: line(300).nullish().describe('Absent: the beginning of the text, or the name of the file.'),
  teamId: id.nullish().describe('A team of the workspace.'),
  contactId: id.nullish().describe('The primary external participant.'),
  ownerId: id.nullish().describe('A user of the workspace; absent: whoever submits.'),
  medium: z.enum(media).nullish().describe('Absent: CHAT.'),
  tags: z.array(line(100)).max(50).nullish(),
  customFields: z.record(z.string().max(100), z.unknown()).nullish().describe('Values by the key of the custom field.'),
  startedAt: z.iso.datetime({ offset: true }).nullish().describe('When the conversation began.'),
};

/** The form by itself, for ways in whose file comes apart from it. */
export const formSchema = z.strictObject(formFields);

export type SubmissionForm = z.output<typeof formSchema>;

/** A conversation as somebody pastes it, whether by REST or GraphQL. */
export const submissionSchema = z.strictObject({
  text: z.string().nullish().describe('The conversation as plain text, at most 10 MB of UTF-8. Required.'),
  ...formFields,
});
