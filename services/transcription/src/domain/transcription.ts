import type { EventDataOf, HarmonyEvent, StoredObject } from '@harmony/contracts';
import { evolveProgress, noProgress, type RecordingProgress, type Speaker } from '@harmony/transcript';

export type PreparedRecordingData = EventDataOf<'RecordingPrepared'>;

/** What turning one recording into a transcript needs to know of its conversation, folded from its stream. */
export interface Transcription {
  readonly conversationId: string;
  readonly workspaceId: string;
  /** Null for a conversation of text, and until the file is there. */
  readonly recording: StoredObject | null;
  /** What was made of that recording. */
  readonly prepared: PreparedRecordingData | null;
  readonly transcript: RecordingProgress;
  /** Tries of the stage so far, the running one included. */
  readonly attempts: number;
  /** When the running try began, ISO 8601; null between tries. */
  readonly attemptStartedAt: string | null;
  /** Of the conversation's own latest transcript. */
  readonly speakers: readonly Speaker[];
  /** The whole transcript that a revision made last, by the revision's id. */
  readonly rerunTranscripts: ReadonlyMap<string, EventDataOf<'RerunTranscriptRecorded'>>;
  /** Runs of revisions that failed. */
  readonly failedRuns: ReadonlySet<string>;
  /** The conversation has ended, well or not. */
  readonly isOver: boolean;
  /** Nothing may follow; all of it is being taken away. */
  readonly isDeleted: boolean;
}

/** After one more event; events of other stages change nothing. */
export function evolve(transcription: Transcription | undefined, event: HarmonyEvent): Transcription | undefined {
  if (event.type === 'ConversationSubmitted') {
    return {
      conversationId: event.data.conversationId,
      workspaceId: event.workspaceId,
      recording: null,
      prepared: null,
      transcript: evolveProgress(noProgress, event),
      attempts: 0,
      attemptStartedAt: null,
      speakers: [],
      rerunTranscripts: new Map(),
      failedRuns: new Set(),
      isOver: false,
      isDeleted: false,
    };
  }
  if (!transcription) return undefined;
  const transcript = evolveProgress(transcription.transcript, event);
  return { ...transcription, transcript, ...changeOf(transcription, event), ...attemptChangeOf(event) };
}

function changeOf(transcription: Transcription, event: HarmonyEvent): Partial<Transcription> {
  switch (event.type) {
    case 'RecordingReceived':
      return { recording: event.data.recording, prepared: null };
    case 'RecordingPrepared':
      return { prepared: event.data };
    case 'ConversationCompleted':
      return { isOver: true };
    case 'ConversationFailed':
      return { isOver: true, attemptStartedAt: null };
    case 'ConversationRetried': {
      const isFetchedAnew = event.data.fromStage === 'INTAKE';
      return { isOver: false, attemptStartedAt: null, ...(isFetchedAnew && { recording: null, prepared: null }) };
    }
    case 'ConversationDeleted':
      return { isDeleted: true };
    default:
      return transcriptChangeOf(transcription, event);
  }
}

function transcriptChangeOf(
  { rerunTranscripts, failedRuns }: Transcription,
  event: HarmonyEvent,
): Partial<Transcription> {
  switch (event.type) {
    case 'TranscriptRecorded':
      return { speakers: event.data.speakers };
    case 'RerunTranscriptRecorded':
      return { rerunTranscripts: new Map(rerunTranscripts).set(event.data.revisionId, event.data) };
    case 'RerunStageFailed':
      return { failedRuns: new Set(failedRuns).add(event.data.runId) };
    default:
      return {};
  }
}

function attemptChangeOf(event: HarmonyEvent): Partial<Transcription> {
  switch (event.type) {
    case 'StageStarted': {
      const { stage, attempt } = event.data;
      return stage === 'TRANSCRIPTION' ? { attempts: attempt, attemptStartedAt: event.occurredAt } : {};
    }
    case 'StageAttemptFailed':
    case 'StageSucceeded':
      return event.data.stage === 'TRANSCRIPTION' ? { attemptStartedAt: null } : {};
    default:
      return {};
  }
}

export type TranscriptionStep = 'PREPARE' | 'TRANSCRIBE' | 'NOTHING';

/** What comes next for a recording. */
export function nextStep({ isOver, isDeleted, recording, prepared, transcript }: Transcription): TranscriptionStep {
  if (isOver || isDeleted || !recording || transcript.isRecorded) return 'NOTHING';
  return prepared ? 'TRANSCRIBE' : 'PREPARE';
}
