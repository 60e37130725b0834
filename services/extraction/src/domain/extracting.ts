import type { EventOf, HarmonyEvent, PipelineStage } from '@harmony/contracts';
import { evolveReruns, noReruns, type Reruns } from './reruns.js';

/** What making an extraction needs to know of its conversation, folded from its stream; not what was said. */
export interface Extracting {
  readonly conversationId: string;
  readonly workspaceId: string;
  /** Of the transcript that is whole; null while another one is made. */
  readonly transcriptVersion: number | null;
  /** Of the extraction that is being made, or was made last. */
  readonly version: number;
  /** Whether that one is recorded. */
  readonly isRecorded: boolean;
  /** What revisions made beside it. */
  readonly reruns: Reruns;
  /** Id of the event that asked for it: the cause of all its events, so that a repeat gives the same ids. */
  readonly cause: string;
  /** Tries of the stage so far, the running one included. */
  readonly attempts: number;
  /** When the running try began, ISO 8601; null between tries. */
  readonly attemptStartedAt: string | null;
  /** The conversation has ended, well or not. */
  readonly isOver: boolean;
  /** Nothing may follow; all of it is being taken away. */
  readonly isDeleted: boolean;
}

const begun = (event: EventOf<'ConversationSubmitted'>): Extracting => ({
  conversationId: event.data.conversationId,
  workspaceId: event.workspaceId,
  transcriptVersion: null,
  version: 1,
  isRecorded: false,
  reruns: noReruns,
  cause: '',
  attempts: 0,
  attemptStartedAt: null,
  isOver: false,
  isDeleted: false,
});

/** After one more event; events of other stages change nothing. */
export function evolve(extracting: Extracting | undefined, event: HarmonyEvent): Extracting | undefined {
  if (event.type === 'ConversationSubmitted') return begun(event);
  if (!extracting) return undefined;
  const reruns = evolveReruns(extracting.reruns, event);
  return { ...extracting, reruns, ...changeOf({ ...extracting, reruns }, event), ...attemptChangeOf(event) };
}

function changeOf(extracting: Extracting, event: HarmonyEvent): Partial<Extracting> {
  switch (event.type) {
    case 'TranscriptRecorded':
      return { transcriptVersion: event.data.transcriptVersion, ...wantedAnew(extracting, event) };
    case 'ExtractionRecorded':
      return { version: event.data.extractionVersion, isRecorded: true };
    case 'RerunExtractionRecorded':
      // A revision takes a number; one of the conversation that is still to be recorded gets the next.
      return extracting.isRecorded ? {} : { version: extracting.reruns.nextVersion };
    case 'ConversationCompleted':
    case 'ConversationFailed':
      return { isOver: true, attemptStartedAt: null };
    case 'ConversationRetried':
      return { isOver: false, attemptStartedAt: null, ...retried(extracting, event) };
    case 'ConversationDeleted':
      return { isDeleted: true };
    default:
      return {};
  }
}

/** Stages that make the transcript anew, and so everything after it. */
const ofTranscript: readonly PipelineStage[] = ['INTAKE', 'TRANSCRIPTION'];

function retried(extracting: Extracting, event: EventOf<'ConversationRetried'>): Partial<Extracting> {
  const { fromStage } = event.data;
  if (ofTranscript.includes(fromStage)) return { transcriptVersion: null };
  return fromStage === 'EXTRACTION' ? wantedAnew(extracting, event) : {};
}

/** One that was recorded stays what it is, and the next one gets the next version. */
const wantedAnew = ({ reruns }: Extracting, { id }: HarmonyEvent): Partial<Extracting> => ({
  version: reruns.nextVersion,
  isRecorded: false,
  cause: id,
});

function attemptChangeOf(event: HarmonyEvent): Partial<Extracting> {
  switch (event.type) {
    case 'StageStarted': {
      const { stage, attempt } = event.data;
      return stage === 'EXTRACTION' ? { attempts: attempt, attemptStartedAt: event.occurredAt } : {};
    }
    case 'StageAttemptFailed':
    case 'StageSucceeded':
      return event.data.stage === 'EXTRACTION' ? { attemptStartedAt: null } : {};
    default:
      return {};
  }
}

/** One whose turn it is: its transcript is whole, and what it says is not on record. */
export interface Due extends Extracting {
  readonly transcriptVersion: number;
}

export const isDue = (extracting: Extracting | undefined): extracting is Due =>
  extracting !== undefined &&
  !extracting.isOver &&
  !extracting.isDeleted &&
  !extracting.isRecorded &&
  extracting.transcriptVersion !== null;
