import type { EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { chunkTurns } from './chunk-turns.js';
import { countWords, type Transcript } from './transcript.js';

/** What made a transcript; recorded with it. */
export type TranscriptOrigin = NonNullable<EventDataOf<'TranscriptRecorded'>['origin']>;

/** The origin of a transcript that no engine made. */
export const writtenOrigin = (kind: Exclude<TranscriptOrigin['kind'], 'SPEECH'>): TranscriptOrigin => ({
  kind,
  engine: null,
  model: null,
  parameters: {},
  language: null,
});

export interface TranscriptIdentity {
  readonly conversationId: string;
  readonly transcriptVersion: number;
}

/**
 * Every fact of recording a transcript, the first one first. The same transcript gives the same list,
 * so whoever was interrupted goes on where the stream ends.
 */
export function transcriptFacts(
  identity: TranscriptIdentity,
  { turns, speakers }: Transcript,
  origin: TranscriptOrigin,
): Fact[] {
  const chunks = chunkTurns(turns);
  const wordCount = turns.reduce((sum, { text }) => sum + countWords(text), 0);
  return [
    ...chunks.map((chunk, index) => fact('TranscriptChunkRecorded', { ...identity, chunk: index, turns: chunk })),
    fact('TranscriptRecorded', {
      ...identity,
      chunkCount: chunks.length,
      turnCount: turns.length,
      wordCount,
      speakers: [...speakers],
      origin,
    }),
  ];
}

/** For which run of which revision a transcript is made. */
export interface RerunIdentity extends TranscriptIdentity {
  readonly revisionId: string;
  readonly runId: string;
}

/**
 * The same facts of a transcript that a revision made: the conversation itself keeps the one that it has.
 * @param took how long it took to make, where somebody knows
 */
export function rerunTranscriptFacts(
  { revisionId, runId, ...identity }: RerunIdentity,
  transcript: Transcript,
  origin: TranscriptOrigin,
  took: { readonly durationMs?: number } = {},
): Fact[] {
  const rerun = { revisionId, runId };
  return transcriptFacts(identity, transcript, origin).flatMap((made) => {
    if (made.type === 'TranscriptChunkRecorded')
      return fact('RerunTranscriptChunkRecorded', { ...made.data, ...rerun });
    return made.type === 'TranscriptRecorded'
      ? fact('RerunTranscriptRecorded', { ...made.data, ...rerun, ...took })
      : [];
  });
}
