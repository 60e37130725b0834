import { z } from 'zod';
import { actionItem } from '../../insights/answer.js';
import { analystOrigin, evidence, usage } from '../../insights/result.js';
import { defineEvent } from '../definition.js';
import { conversationId, participantRoles, speakerCode } from './shared.js';

const count = z.int().nonnegative();
/** Null where the transcript states no times. */
const span = z.int().nonnegative().nullable();

const talk = {
  turns: count,
  words: count,
  /** 0 to 1: of the time spoken where the transcript states times, else of the words. */
  share: z.number().min(0).max(1),
  /** The longest stretch without anybody else, in words, and how long it took. */
  longestMonologueWords: count,
  longestMonologueMs: span,
  /** Null where the transcript states no times. */
  wordsPerMinute: z.number().nonnegative().nullable(),
  spokenMs: span,
  questions: count,
};

/** Computed from the transcript alone; no model is asked. */
const statistics = z.object({
  turns: count,
  words: count,
  durationMs: span,
  /** Nobody speaks. */
  silenceMs: span,
  /** Those who speak most come first; at most 200. */
  speakers: z.array(z.object({ speaker: speakerCode, ...talk })),
  /** Hosts and customers; empty where the transcript says nothing of sides. */
  sides: z.array(z.object({ role: z.enum(participantRoles), ...talk })),
});
export type ConversationStatistics = z.output<typeof statistics>;

const extraction = z.object({
  /** Empty where there is nothing to sum up. */
  summary: z.string(),
  keyPoints: z.array(z.object({ text: z.string().min(1), evidence: z.array(evidence) })),
  actionItems: z.array(actionItem.extend({ evidence: z.array(evidence) })),
  /** What the conversation is about, the weightiest first. */
  topics: z.array(z.string().min(1)),
  /** The first 500 questions, as they were asked. */
  questions: z.array(z.object({ text: z.string().min(1), speaker: speakerCode, evidence })),
});
export type Extraction = z.output<typeof extraction>;

export const recordedExtraction = z.object({
  conversationId,
  /** Grows by one with every extraction of the same conversation. */
  extractionVersion: z.int().positive(),
  transcriptVersion: z.int().positive(),
  extraction,
  statistics,
  origin: analystOrigin,
  usage,
  durationMs: count,
});

/** What the conversation says, before any definition asks (F102). */
export const extractionEvents = {
  ExtractionRecorded: defineEvent({
    type: 'ExtractionRecorded',
    schema: recordedExtraction,
    publicSchema: z.object({
      ...{ conversationId, extractionVersion: z.int().positive(), transcriptVersion: z.int().positive() },
      ...{ actionItemCount: count, topicCount: count, statistics },
    }),
    publicData: (data) => ({
      conversationId: data.conversationId,
      extractionVersion: data.extractionVersion,
      transcriptVersion: data.transcriptVersion,
      actionItemCount: data.extraction.actionItems.length,
      topicCount: data.extraction.topics.length,
      statistics: data.statistics,
    }),
  }),
} as const;
