import type { EventDataOf, Usage } from '@harmony/contracts';
import type { Row } from '@harmony/read-model';

/**
 * What made the last transcript of a recording, whether for the conversation or for a revision, and how long the try took
 * in which it did.
 */
export interface Transcribed {
  readonly engine: string | null;
  readonly model: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** Null until the stage has ended. */
  readonly durationMs: number | null;
}

/** What made the last extraction, whether for the conversation or for a revision, and what it took. */
export interface Extracted {
  readonly engine: string;
  readonly model: string;
  readonly usage: Usage;
  readonly durationMs: number;
}

/** Of a recording that nobody has heard yet: what was known of another one says nothing about it. */
export const unheard = { recording_ms: null, transcribed: null };

/** Only speech takes work. */
export function afterTranscript({ origin }: EventDataOf<'TranscriptRecorded'>, at: string): Row {
  if (origin?.kind !== 'SPEECH') return { transcribed: null };
  const { engine, model } = origin;
  return { transcribed: { engine, model, at, durationMs: null } satisfies Transcribed };
}

/** As for the conversation itself; of one that is named again, or took nobody knows how long, nothing is learnt. */
export function afterRerunTranscript(data: EventDataOf<'RerunTranscriptRecorded'>, at: string): Row {
  const { origin, fromRunId, durationMs } = data;
  if (origin?.kind !== 'SPEECH' || fromRunId || durationMs === undefined) return {};
  const { engine, model } = origin;
  return { transcribed: { engine, model, at, durationMs } satisfies Transcribed };
}

/** A stage ends behind the transcript that it made; where a revision has made another one meanwhile, that one counts. */
export function afterStage(row: Row, { stage, durationMs }: EventDataOf<'StageSucceeded'>): Row {
  const transcribed = row['transcribed'] as Transcribed | null;
  if (stage !== 'TRANSCRIPTION' || transcribed?.durationMs !== null) return {};
  return { transcribed: { ...transcribed, durationMs } satisfies Transcribed };
}

/** What a later try of the same revision names again was made once. */
export function afterExtraction(data: EventDataOf<'ExtractionRecorded' | 'RerunExtractionRecorded'>): Row {
  if ('fromRunId' in data && data.fromRunId) return {};
  const { origin, usage, durationMs } = data;
  return { extracted: { engine: origin.engine, model: origin.model, usage, durationMs } satisfies Extracted };
}
