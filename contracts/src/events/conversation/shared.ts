import { z } from 'zod';

export const media = ['CALL', 'VIDEO_CONFERENCE', 'CHAT'] as const;
export type Medium = (typeof media)[number];

/** Where a conversation came from: pasted text, a structured transcript, an uploaded recording, or a link. */
export const conversationSources = ['TEXT', 'TRANSCRIPT', 'RECORDING', 'URL'] as const;
export type ConversationSource = (typeof conversationSources)[number];

/** The stages of the pipeline, in order; a stage that no service brings is not there. Intake gets the file itself. */
export const pipelineStages = ['INTAKE', 'TRANSCRIPTION', 'EXTRACTION', 'INSIGHTS', 'GOALS', 'SCORING'] as const;
export type PipelineStage = (typeof pipelineStages)[number];

/** What a transcript file holds. */
export const transcriptFormats = ['TEXT', 'STRUCTURED', 'SRT', 'VTT'] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** On which side of the table somebody sits. */
export const participantRoles = ['HOST', 'CUSTOMER'] as const;
export type ParticipantRole = (typeof participantRoles)[number];

/** A stored object: where it lies, how many bytes it has and their SHA-256 in hex. */
export const storedObject = z.object({
  key: z.string().min(1),
  bytes: z.int().nonnegative(),
  sha256: z.string().length(64),
});
export type StoredObject = z.output<typeof storedObject>;

export const conversationId = z.uuid();

/** Speaker code A to Z, then AA, AB (P8). */
export const speakerCode = z.string().regex(/^[A-Z]+$/);

export const title = z.string().min(1).max(300);
export const tags = z.array(z.string().min(1).max(100));
