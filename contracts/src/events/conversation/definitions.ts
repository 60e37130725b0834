import { z } from 'zod';
import { defineEvent } from '../definition.js';

export const media = ['CALL', 'VIDEO_CONFERENCE', 'CHAT'] as const;
export type Medium = (typeof media)[number];

/** The stages of the pipeline, in order; a stage that no service brings is not there. */
export const pipelineStages = ['TRANSCRIPTION', 'EXTRACTION', 'INSIGHTS', 'GOALS', 'SCORING'] as const;
export type PipelineStage = (typeof pipelineStages)[number];

/** A stored object: where it lies, how many bytes it has and their SHA-256 in hex. */
const storedObject = z.object({ key: z.string().min(1), bytes: z.int().nonnegative(), sha256: z.string().length(64) });

const turn = z.object({
  index: z.int().nonnegative(),
  /** Speaker code A to Z, then AA, AB (P8). */
  speaker: z.string().regex(/^[A-Z]+$/),
  text: z.string(),
  startMs: z.int().nonnegative().nullable(),
  endMs: z.int().nonnegative().nullable(),
});

const speaker = z.object({
  code: z.string().regex(/^[A-Z]+$/),
  /** The name that the text gives; null for an unnamed speaker. */
  name: z.string().nullable(),
  words: z.int().nonnegative(),
  turns: z.int().nonnegative(),
});

const conversationId = z.uuid();

export const conversationEvents = {
  ConversationSubmitted: defineEvent({
    type: 'ConversationSubmitted',
    schema: z.object({
      conversationId,
      source: z.enum(['TEXT']),
      title: z.string().min(1).max(300),
      medium: z.enum(media),
      teamId: z.uuid().nullable(),
      contactId: z.uuid().nullable(),
      ownerId: z.uuid(),
      createdBy: z.uuid(),
      tags: z.array(z.string().min(1).max(100)),
      customFields: z.record(z.string(), z.unknown()),
      /** When the conversation itself began, where whoever submitted it said so. */
      startedAt: z.iso.datetime().nullable().optional(),
      content: storedObject,
    }),
    publicSchema: z.object({
      conversationId,
      source: z.enum(['TEXT']),
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
  TranscriptChunkRecorded: defineEvent({
    type: 'TranscriptChunkRecorded',
    schema: z.object({
      conversationId,
      transcriptVersion: z.int().positive(),
      chunk: z.int().nonnegative(),
      turns: z.array(turn),
    }),
    publicSchema: z.object({
      conversationId,
      transcriptVersion: z.int().positive(),
      chunk: z.int().nonnegative(),
      turnCount: z.int().nonnegative(),
    }),
    publicData: ({ conversationId: id, transcriptVersion, chunk, turns }) => ({
      conversationId: id,
      transcriptVersion,
      chunk,
      turnCount: turns.length,
    }),
  }),
  TranscriptRecorded: defineEvent({
    type: 'TranscriptRecorded',
    schema: z.object({
      conversationId,
      transcriptVersion: z.int().positive(),
      chunkCount: z.int().nonnegative(),
      turnCount: z.int().nonnegative(),
      wordCount: z.int().nonnegative(),
      speakers: z.array(speaker),
    }),
    publicSchema: z.object({
      conversationId,
      transcriptVersion: z.int().positive(),
      turnCount: z.int().nonnegative(),
      wordCount: z.int().nonnegative(),
      speakerCount: z.int().nonnegative(),
    }),
    publicData: ({ conversationId: id, transcriptVersion, turnCount, wordCount, speakers }) => ({
      conversationId: id,
      transcriptVersion,
      turnCount,
      wordCount,
      speakerCount: speakers.length,
    }),
  }),
  ConversationCompleted: defineEvent({ type: 'ConversationCompleted', schema: z.object({ conversationId }) }),
  ConversationFailed: defineEvent({
    type: 'ConversationFailed',
    schema: z.object({ conversationId, stage: z.enum(pipelineStages), code: z.string().min(1) }),
  }),
} as const;
