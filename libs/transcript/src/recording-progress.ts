import type { EventDataOf, HarmonyEvent, PipelineStage } from '@harmony/contracts';

/** How far the transcripts of a conversation are recorded, folded from its stream. */
export interface RecordingProgress {
  /** The version that is being made, or was made last. */
  readonly version: number;
  /** Chunks of that version which the stream holds already. */
  readonly chunks: number;
  /** Whether that version is whole. */
  readonly isRecorded: boolean;
  /** Id of the event that asked for this version: the cause of all its events, so that a repeat gives the same ids. */
  readonly cause: string;
  /** Of every version that the stream holds anything of, of the conversation and of revisions, how many chunks. */
  readonly chunkCounts: readonly { readonly version: number; readonly chunkCount: number }[];
  /** Transcripts that revisions made or make, by the id of the run. */
  readonly reruns: ReadonlyMap<string, RerunTranscript>;
}

/** A transcript of a revision's run, which the conversation itself does not have. */
export interface RerunTranscript {
  readonly revisionId: string;
  readonly version: number;
  /** Chunks of it which the stream holds already. */
  readonly chunks: number;
  readonly isRecorded: boolean;
}

export const noProgress: RecordingProgress = {
  ...{ version: 1, chunks: 0, isRecorded: false, cause: '', chunkCounts: [] },
  reruns: new Map(),
};

/** Stages that make the transcript anew. */
const ownStages: readonly PipelineStage[] = ['INTAKE', 'TRANSCRIPTION'];

/** The number that no transcript of the conversation has yet, its own ones and those of revisions counted together. */
export const nextTranscriptVersion = ({ chunkCounts }: Pick<RecordingProgress, 'chunkCounts'>): number =>
  1 + Math.max(0, ...chunkCounts.map(({ version }) => version));

/**
 * After one more event. A retry leaves what was recorded as it is and begins the next version; one of a later stage
 * works with the transcript that is there.
 */
export function evolveProgress(progress: RecordingProgress, event: HarmonyEvent): RecordingProgress {
  switch (event.type) {
    case 'ConversationSubmitted':
    case 'TranscriptReceived':
    case 'RecordingReceived':
      return { ...progress, cause: event.id };
    case 'ConversationRetried':
      return ownStages.includes(event.data.fromStage) ? begunAnew(progress, event.id) : progress;
    case 'TranscriptChunkRecorded': {
      const { transcriptVersion: version, chunk } = event.data;
      return { ...counted(progress, version, chunk + 1), version, chunks: chunk + 1 };
    }
    case 'TranscriptRecorded': {
      const { transcriptVersion: version, chunkCount } = event.data;
      return { ...counted(progress, version, chunkCount), version, isRecorded: true };
    }
    case 'RerunTranscriptChunkRecorded':
      return besides(progress, event.data, { chunks: event.data.chunk + 1, isRecorded: false });
    case 'RerunTranscriptRecorded':
      return besides(progress, event.data, { chunks: event.data.chunkCount, isRecorded: true });
    default:
      return progress;
  }
}

const isBegun = ({ chunks, isRecorded }: RecordingProgress): boolean => chunks > 0 || isRecorded;

const begunAnew = (progress: RecordingProgress, cause: string): RecordingProgress =>
  isBegun(progress)
    ? { ...progress, cause, version: nextTranscriptVersion(progress), chunks: 0, isRecorded: false }
    : { ...progress, cause };

function counted(progress: RecordingProgress, version: number, chunkCount: number): RecordingProgress {
  const others = progress.chunkCounts.filter((one) => one.version !== version);
  return { ...progress, chunkCounts: [...others, { version, chunkCount }] };
}

/** A revision takes a number; a transcript of the conversation of which nothing is recorded yet gets the next one. */
function besides(
  before: RecordingProgress,
  {
    runId,
    revisionId,
    transcriptVersion: version,
  }: EventDataOf<'RerunTranscriptRecorded' | 'RerunTranscriptChunkRecorded'>,
  made: Pick<RerunTranscript, 'chunks' | 'isRecorded'>,
): RecordingProgress {
  const progress = counted(before, version, made.chunks);
  const reruns = new Map(progress.reruns).set(runId, { revisionId, version, ...made });
  return { ...progress, reruns, ...(!isBegun(progress) && { version: nextTranscriptVersion(progress) }) };
}
