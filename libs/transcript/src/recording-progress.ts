import type { HarmonyEvent, PipelineStage } from '@harmony/contracts';

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
  /** Of every version that the stream holds chunks of, how many. */
  readonly chunkCounts: readonly { readonly version: number; readonly chunkCount: number }[];
}

export const noProgress: RecordingProgress = { version: 1, chunks: 0, isRecorded: false, cause: '', chunkCounts: [] };

/** Stages that make the transcript anew. */
const ownStages: readonly PipelineStage[] = ['INTAKE', 'TRANSCRIPTION'];

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
      return ownStages.includes(event.data.fromStage)
        ? { ...progress, cause: event.id, ...nextVersion(progress), isRecorded: false }
        : progress;
    case 'TranscriptChunkRecorded': {
      const { transcriptVersion: version, chunk } = event.data;
      const others = progress.chunkCounts.filter((one) => one.version !== version);
      return {
        ...progress,
        version,
        chunks: chunk + 1,
        chunkCounts: [...others, { version, chunkCount: chunk + 1 }],
      };
    }
    case 'TranscriptRecorded':
      return { ...progress, version: event.data.transcriptVersion, isRecorded: true };
    default:
      return progress;
  }
}

const nextVersion = ({
  version,
  chunks,
  isRecorded,
}: RecordingProgress): Pick<RecordingProgress, 'version' | 'chunks'> =>
  chunks > 0 || isRecorded ? { version: version + 1, chunks: 0 } : { version, chunks };
