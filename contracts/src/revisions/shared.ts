import { z } from 'zod';

/** How far a revision has come, and how it ended (D2). */
export const revisionOutcomes = [
  'PROCESSING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'NO_CONVERSATIONS',
  'CANCELLED',
] as const;
export type RevisionOutcome = (typeof revisionOutcomes)[number];

/** Whom a revision is there for: a draft for whoever asks for it by its id, the live one for every reader (D2). */
export const revisionStages = ['DRAFT', 'PUBLISHED', 'LIVE', 'SUPERSEDED'] as const;
export type RevisionStage = (typeof revisionStages)[number];

/** What a row of the Revisions tab shows; computed from outcome and stage (D2). */
export const revisionBadges = [
  'LIVE',
  'PROCESSING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'NO_CONVERSATIONS',
  'CANCELLED',
  'DRAFT',
] as const;
export type RevisionBadge = (typeof revisionBadges)[number];

/** Where a revision begins (F25). AUTO begins where the inputs of each conversation need it (D4). */
export const startStages = ['AUTO', 'TRANSCRIPTION', 'EXTRACTORS', 'INSIGHTS'] as const;
export type StartStage = (typeof startStages)[number];

/** Where one conversation of a revision begins. */
export const rerunStages = ['TRANSCRIPTION', 'EXTRACTORS', 'INSIGHTS'] as const;
export type RerunStage = (typeof rerunStages)[number];

/** What a revision does with a definition in a conversation (D4, B3). */
export const cellDecisions = ['REUSED', 'RERUN', 'NEW', 'OUT_OF_SCOPE'] as const;
export type CellDecision = (typeof cellDecisions)[number];

/** Why: which input of the answer is another one than when it was found. */
export const cellReasons = [
  /** Nothing that the answer depends on has changed. */
  'UNCHANGED',
  /** The question, its context, or whether it is asked with the project's knowledge. */
  'DEFINITION_CHANGED',
  /** The project's knowledge or the workspace's handbook. */
  'KNOWLEDGE_CHANGED',
  'LANGUAGE_CHANGED',
  /** Another engine, model, parameter or template. */
  'ANALYST_CHANGED',
  'TRANSCRIPT_CHANGED',
  /** The title, the time, or who the speakers are. */
  'CONVERSATION_CHANGED',
  /** The start stage makes a new transcript. */
  'STAGE_RERUN',
  'FORCED',
  'FAILED_BEFORE',
  'NEVER_ANSWERED',
  /** The answer is older than the records of what it was made from. */
  'INPUTS_UNKNOWN',
  /** The conversation does not belong into the project any more. */
  'NOT_ELIGIBLE',
  /** It was answered once, and is switched off or removed now. */
  'DEFINITION_INACTIVE',
] as const;
export type CellReason = (typeof cellReasons)[number];

/**
 * What an answer was made from, a short digest each (the first 16 hex digits of a SHA-256): says which of them changed
 * where the identity did.
 */
export const answerInputDigests = z.object({
  definition: z.string(),
  knowledge: z.string(),
  language: z.string(),
  analyst: z.string(),
  transcript: z.string(),
  conversation: z.string(),
});
export type AnswerInputDigests = z.output<typeof answerInputDigests>;

/** Changed results that one request has asked again, one input at a time (B7). */
export const maximumAttributionSample = 200;

/** Which input of an answer is another one than before. */
export const inputCauses = [
  'DEFINITION_CHANGED',
  'KNOWLEDGE_CHANGED',
  'LANGUAGE_CHANGED',
  'ANALYST_CHANGED',
  'TRANSCRIPT_CHANGED',
  'CONVERSATION_CHANGED',
] as const;

/** What may have made a result another one: an input, or none of them, where the same analyst was asked the same again. */
export const attributedCauses = [...inputCauses, 'NOTHING_CHANGED'] as const;
export type AttributedCause = (typeof attributedCauses)[number];

/**
 * Each input that is another one than before, and whether it alone makes the answer another one (D5); null when the
 * analyst failed. Empty where what the answers were made from is not known any more.
 */
export const attributedEffects = z.array(
  z.object({ cause: z.enum(attributedCauses), isChanged: z.boolean().nullable() }),
);
