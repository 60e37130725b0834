import { z } from 'zod';
import { usage } from '../../insights/result.js';
import { rerunStages } from '../../revisions/shared.js';
import { defineEvent } from '../definition.js';
import { recordedExtraction } from './extraction.js';
import { conversationId } from './shared.js';
import { recordedTranscript, transcriptChunk } from './transcript.js';

/** For which run of which revision something was made; the conversation itself keeps what it has. */
const rerun = { revisionId: z.uuid(), runId: z.uuid() };

/**
 * Of an earlier try of the same revision, which had made it already: its version is named again, and nothing was done.
 * Absent: it was made for this run.
 */
const fromRunId = z.uuid().optional();

/** How long the try took in which it was made; absent in logs of before. */
const durationMs = z.int().nonnegative().optional();

/**
 * Earlier stages that a revision runs again. What they make has the next version of the conversation's transcripts and
 * extractions, is read by the results of the revision, and changes nothing that is shown without it.
 */
export const rerunEvents = {
  RerunTranscriptChunkRecorded: defineEvent({
    type: 'RerunTranscriptChunkRecorded',
    schema: transcriptChunk.extend(rerun),
    publicSchema: z.object({ conversationId, ...rerun, transcriptVersion: z.int().positive() }),
    publicData: ({ conversationId: id, revisionId, runId, transcriptVersion }) => ({
      ...{ conversationId: id, revisionId, runId, transcriptVersion },
    }),
  }),
  RerunTranscriptRecorded: defineEvent({
    type: 'RerunTranscriptRecorded',
    schema: recordedTranscript.extend({ ...rerun, fromRunId, durationMs }),
    publicSchema: z.object({ conversationId, ...rerun, transcriptVersion: z.int().positive() }),
    publicData: ({ conversationId: id, revisionId, runId, transcriptVersion }) => ({
      ...{ conversationId: id, revisionId, runId, transcriptVersion },
    }),
  }),
  RerunExtractionRecorded: defineEvent({
    type: 'RerunExtractionRecorded',
    schema: recordedExtraction.extend({ ...rerun, fromRunId }),
    publicSchema: z.object({ conversationId, ...rerun, extractionVersion: z.int().positive() }),
    publicData: ({ conversationId: id, revisionId, runId, extractionVersion }) => ({
      ...{ conversationId: id, revisionId, runId, extractionVersion },
    }),
  }),
  /** After all tries; the conversation failed in this revision. */
  RerunStageFailed: defineEvent({
    type: 'RerunStageFailed',
    schema: z.object({
      ...{ conversationId, ...rerun, stage: z.enum(rerunStages), code: z.string().min(1) },
      /** What models cost; absent for nothing. */
      usage: usage.optional(),
    }),
  }),
} as const;
