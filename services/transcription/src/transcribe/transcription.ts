import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';
import { evolveProgress, noProgress, type RecordingProgress } from '@harmony/transcript';

/** What transcribing needs to know of a conversation, folded from its stream. */
export interface Transcription {
  readonly conversationId: string;
  /** Null until the recording is prepared. */
  readonly audio: EventDataOf<'RecordingPrepared'>['audio'] | null;
  readonly progress: RecordingProgress;
  readonly stage: Stage;
  /** Completed, failed or deleted: nothing may follow, unless somebody retries. */
  readonly isOver: boolean;
  /** All of it is being taken away. */
  readonly isDeleted: boolean;
}

/** Tries of the stage TRANSCRIPTION. */
export interface Stage {
  /** Of the try that began last; 0 before the first. */
  readonly attempt: number;
  /** Of a try that has neither succeeded nor failed; ISO 8601. */
  readonly startedAt: string | null;
}

/** The state after one more event; events of other stages change nothing. */
export function evolve(state: Transcription | undefined, event: HarmonyEvent): Transcription | undefined {
  if (event.type === 'ConversationSubmitted') {
    const { conversationId } = event.data;
    const stage = { attempt: 0, startedAt: null };
    return {
      conversationId,
      audio: null,
      progress: evolveProgress(noProgress, event),
      stage,
      isOver: false,
      isDeleted: false,
    };
  }
  return state && { ...state, ...changeOf(state, event), stage: stageAfter(state.stage, event) };
}

function changeOf({ progress, audio }: Transcription, event: HarmonyEvent): Partial<Transcription> {
  switch (event.type) {
    case 'RecordingReceived':
      return { audio: null, progress: evolveProgress(progress, event) };
    case 'RecordingPrepared':
      return { audio: event.data.audio };
    case 'TranscriptChunkRecorded':
    case 'TranscriptRecorded':
      return { progress: evolveProgress(progress, event) };
    case 'ConversationRetried': {
      const { fromStage } = event.data;
      // Later stages work with the transcript that is there.
      if (fromStage !== 'INTAKE' && fromStage !== 'TRANSCRIPTION') return { isOver: false };
      return {
        isOver: false,
        audio: fromStage === 'INTAKE' ? null : audio,
        progress: evolveProgress(progress, event),
      };
    }
    case 'ConversationCompleted':
    case 'ConversationFailed':
      return { isOver: true };
    case 'ConversationDeleted':
      return { isOver: true, isDeleted: true };
    default:
      return {};
  }
}

function stageAfter(stage: Stage, event: HarmonyEvent): Stage {
  switch (event.type) {
    case 'StageStarted':
      return event.data.stage === 'TRANSCRIPTION'
        ? { attempt: event.data.attempt, startedAt: event.occurredAt }
        : stage;
    case 'StageAttemptFailed':
    case 'StageSucceeded':
      return event.data.stage === 'TRANSCRIPTION' ? { ...stage, startedAt: null } : stage;
    case 'ConversationRetried':
      return { ...stage, startedAt: null };
    default:
      return stage;
  }
}

/** Whether there is a prepared recording without its transcript. */
export const isToBeTranscribed = ({ audio, progress, isOver }: Transcription): boolean =>
  !isOver && audio !== null && !progress.isRecorded;
