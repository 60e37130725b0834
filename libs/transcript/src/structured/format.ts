import { media, participantRoles } from '@harmony/contracts';
import { z } from 'zod';

export const maximumParticipants = 1_000;
export const maximumTurns = 100_000;

/** The longest time that a transcript may state: what fits a 32-bit number of milliseconds, more than 24 days. */
const maximumMs = 2_147_483_647;

/** One line that somebody typed, without what a database does not take. */
const line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .refine((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text), 'Must not hold control characters.');

const milliseconds = z.int().min(0).max(maximumMs).nullish();

export const participantSchema = z.strictObject({
  id: line(100).describe('Names the participant within this transcript.'),
  name: line(200),
  email: z.email({ pattern: z.regexes.html5Email }).max(320).nullish(),
  role: z.enum(participantRoles).nullish(),
});
export type Participant = z.output<typeof participantSchema>;

export const structuredTurnSchema = z.strictObject({
  participantId: z.string().trim().max(100).describe('The id of one of the participants.'),
  startMs: milliseconds.describe('Milliseconds from the start of the conversation.'),
  endMs: milliseconds.describe('Not before startMs.'),
  text: z.string().describe('May be empty, so that turns keep their numbers.'),
});
export type StructuredTurn = z.output<typeof structuredTurnSchema>;

/** What a transcript says of the conversation as a whole. */
export const structuredHeader = {
  title: line(300).nullish().describe('Absent: who took part.'),
  medium: z.enum(media).nullish().describe('Absent: CHAT.'),
  startedAt: z.iso.datetime({ offset: true }).nullish().describe('When the conversation began.'),
  team: line(200).nullish().describe('The name of a team of the workspace.'),
  tags: z.array(line(100)).max(50).nullish(),
};

/** Who took part. Ids are checked to be different by {@link checkParticipants}. */
export const participantsSchema = z.array(participantSchema).min(1).max(maximumParticipants);

const turnsDescription = 'In the order in which they are shown. Times may overlap or be left out.';

/** The turns before they are looked at one by one, which takes slices; see `checkTurns`. */
export const uncheckedTurns = z.array(z.unknown()).min(1).max(maximumTurns).describe(turnsDescription);

/** The structured transcript format (D14), for publication; large ones are read with `readStructured`. */
export const structuredTranscriptSchema = z.strictObject({
  ...structuredHeader,
  participants: participantsSchema,
  turns: z.array(structuredTurnSchema).min(1).max(maximumTurns).describe(turnsDescription),
});
export type StructuredTranscript = z.output<typeof structuredTranscriptSchema>;
