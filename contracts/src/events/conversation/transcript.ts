import { z } from 'zod';
import { defineEvent } from '../definition.js';
import { conversationId, participantRoles, speakerCode } from './shared.js';

const turn = z.object({
  index: z.int().nonnegative(),
  speaker: speakerCode,
  text: z.string(),
  startMs: z.int().nonnegative().nullable(),
  endMs: z.int().nonnegative().nullable(),
});

const speaker = z.object({
  code: speakerCode,
  /** The name that the text gives; null for an unnamed speaker. */
  name: z.string().nullable(),
  words: z.int().nonnegative(),
  turns: z.int().nonnegative(),
  email: z.string().optional(),
  role: z.enum(participantRoles).optional(),
  /** Of the recording, counted from 0, where each speaker has one to themselves. */
  channel: z.int().nonnegative().optional(),
});

/** What made the transcript. Engine, model, parameters and language are there for speech only. */
const origin = z.object({
  kind: z.enum(['TEXT', 'STRUCTURED', 'SUBTITLES', 'SPEECH']),
  engine: z.string().nullable(),
  model: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  language: z.string().nullable(),
});

const transcriptVersion = z.int().positive();

export const transcriptChunk = z.object({
  ...{ conversationId, transcriptVersion, chunk: z.int().nonnegative() },
  turns: z.array(turn),
});

export const recordedTranscript = z.object({
  ...{ conversationId, transcriptVersion },
  chunkCount: z.int().nonnegative(),
  turnCount: z.int().nonnegative(),
  wordCount: z.int().nonnegative(),
  speakers: z.array(speaker),
  origin: origin.optional(),
});

/** Grows by one with every transcript of the same conversation; chunks belong to the version that follows them. */
export const transcriptEvents = {
  TranscriptChunkRecorded: defineEvent({
    type: 'TranscriptChunkRecorded',
    schema: transcriptChunk,
    publicSchema: z.object({
      conversationId,
      transcriptVersion,
      chunk: z.int().nonnegative(),
      turnCount: z.int().nonnegative(),
    }),
    publicData: ({ conversationId: id, transcriptVersion: version, chunk, turns }) => ({
      conversationId: id,
      transcriptVersion: version,
      chunk,
      turnCount: turns.length,
    }),
  }),
  TranscriptRecorded: defineEvent({
    type: 'TranscriptRecorded',
    schema: recordedTranscript,
    publicSchema: z.object({
      conversationId,
      transcriptVersion,
      turnCount: z.int().nonnegative(),
      wordCount: z.int().nonnegative(),
      speakerCount: z.int().nonnegative(),
    }),
    publicData: ({ conversationId: id, transcriptVersion: version, turnCount, wordCount, speakers }) => ({
      conversationId: id,
      transcriptVersion: version,
      turnCount,
      wordCount,
      speakerCount: speakers.length,
    }),
  }),
  SpeakerMatched: defineEvent({
    type: 'SpeakerMatched',
    schema: z.object({
      conversationId,
      speaker: speakerCode,
      /** Null takes a match back. */
      match: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('CONTACT'), id: z.uuid() }),
          z.object({ kind: z.literal('USER'), id: z.uuid() }),
          z.object({ kind: z.literal('NAME'), name: z.string().min(1).max(200) }),
        ])
        .nullable(),
    }),
    publicSchema: z.object({ conversationId, speaker: speakerCode }),
    publicData: ({ conversationId: id, speaker: code }) => ({ conversationId: id, speaker: code }),
  }),
} as const;
