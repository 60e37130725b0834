import type {
  ConversationSource,
  ConversationStatus,
  EventDataOf,
  EventOf,
  HarmonyEvent,
  PipelineStage,
  StoredObject,
  TranscriptFormat,
} from '@harmony/contracts';
import { evolveProgress, noProgress, type RecordingProgress } from '@harmony/transcript';

/** What people may set; the latest values. */
export type Properties = Pick<
  EventDataOf<'ConversationSubmitted'>,
  'title' | 'medium' | 'teamId' | 'contactId' | 'ownerId' | 'createdBy' | 'tags' | 'customFields' | 'startedAt'
>;

export type Upload = Omit<EventDataOf<'UploadStarted'>, 'conversationId'>;

/** What deciders need to know of a conversation, folded from its stream. */
export interface Conversation {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly source: ConversationSource;
  readonly properties: Properties;
  /** The text or the structured transcript, once it is there; null for a recording. */
  readonly content: StoredObject | null;
  readonly format: TranscriptFormat;
  /** The upload as it was started, for as long as it is neither complete nor given up. */
  readonly upload: Upload | null;
  /** The link that the file is to be fetched from. */
  readonly url: string | null;
  readonly recording: StoredObject | null;
  readonly transcript: RecordingProgress;
  readonly speakers: EventDataOf<'TranscriptRecorded'>['speakers'];
  readonly failure: { readonly stage: PipelineStage; readonly code: string } | null;
  /** Tries of each stage so far. */
  readonly attempts: Readonly<Partial<Record<PipelineStage, number>>>;
  /** Nothing may follow; all of it is being taken away. */
  readonly isDeleted: boolean;
}

/** The conversation after one more event; events of stages that this service does not know change nothing. */
export function evolve(conversation: Conversation | undefined, event: HarmonyEvent): Conversation | undefined {
  if (event.type === 'ConversationSubmitted') return submitted(event);
  if (!conversation) return undefined;
  const transcript = evolveProgress(conversation.transcript, event);
  return { ...conversation, transcript, ...changeOf(conversation, event) };
}

function submitted(event: EventOf<'ConversationSubmitted'>): Conversation {
  const { conversationId, source, content, ...properties } = event.data;
  return {
    id: conversationId,
    status: 'QUEUED',
    source,
    properties,
    content,
    format: source === 'TRANSCRIPT' ? 'STRUCTURED' : 'TEXT',
    upload: null,
    url: null,
    recording: null,
    transcript: evolveProgress(noProgress, event),
    speakers: [],
    failure: null,
    attempts: {},
    isDeleted: false,
  };
}

function changeOf(conversation: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'UploadStarted':
      return { status: 'UPLOADING', upload: event.data };
    case 'UploadAborted':
      return { upload: null };
    case 'UrlImportRequested':
      return { url: event.data.url };
    case 'RecordingReceived':
      return { status: 'QUEUED', upload: null, recording: event.data.recording };
    case 'TranscriptReceived':
      return { status: 'QUEUED', content: event.data.content, format: event.data.format };
    case 'TranscriptRecorded':
      return { speakers: event.data.speakers };
    case 'ConversationChanged': {
      const { conversationId: _, ...changes } = event.data;
      return { properties: { ...conversation.properties, ...changes } };
    }
    case 'ConversationDeleted':
      return { isDeleted: true };
    default:
      return pipelineChangeOf(conversation, event);
  }
}

function pipelineChangeOf({ attempts }: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'StageStarted': {
      const { stage, attempt } = event.data;
      const status = stage === 'TRANSCRIPTION' ? { status: 'TRANSCRIBING' as const } : undefined;
      return { ...status, attempts: { ...attempts, [stage]: attempt } };
    }
    case 'ConversationCompleted':
      return { status: 'COMPLETED' };
    case 'ConversationFailed':
      return { status: 'FAILED', failure: { stage: event.data.stage, code: event.data.code } };
    case 'ConversationRetried':
      return { status: 'QUEUED', failure: null, ...(event.data.fromStage === 'INTAKE' && { recording: null }) };
    default:
      return {};
  }
}

/** What the pipeline has to do for a conversation; recordings are transcribed by a service of their own. */
export type PipelineStep = 'FETCH_FILE' | 'STRUCTURE_TRANSCRIPT' | 'TRANSCRIBE' | 'COMPLETE' | 'NOTHING';

const isOver = ({ status, isDeleted }: Conversation): boolean =>
  isDeleted || status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS' || status === 'FAILED';

/** The next step: the one place that a further stage of the pipeline extends. */
export function nextStep(conversation: Conversation): PipelineStep {
  if (isOver(conversation)) return 'NOTHING';
  if (conversation.transcript.isRecorded) return 'COMPLETE';
  if (conversation.recording) return 'TRANSCRIBE';
  if (conversation.content) return 'STRUCTURE_TRANSCRIPT';
  return conversation.url ? 'FETCH_FILE' : 'NOTHING';
}
