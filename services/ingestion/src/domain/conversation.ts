import {
  completedStatus,
  isTerminal,
  statusDuring,
  type ConversationSource,
  type ConversationStatus,
  type EventDataOf,
  type EventOf,
  type HarmonyEvent,
  type PipelineStage,
  type StoredObject,
  type TranscriptFormat,
} from '@harmony/contracts';
import { evolveProgress, noProgress, type RecordingProgress } from '@harmony/transcript';
import { evolveInsights, noInsights, type InsightsProgress } from './insights-progress.js';

/** What people may set; the latest values. */
export type Properties = Pick<
  EventDataOf<'ConversationSubmitted'>,
  'title' | 'medium' | 'teamId' | 'contactId' | 'ownerId' | 'createdBy' | 'tags' | 'customFields' | 'startedAt'
>;

export type SpeakerMatch = NonNullable<EventDataOf<'SpeakerMatched'>['match']>;

export type Upload = Omit<EventDataOf<'UploadStarted'>, 'conversationId'>;

/** What deciders need to know of a conversation, folded from its stream. */
export interface Conversation {
  readonly id: string;
  readonly workspaceId: string;
  readonly status: ConversationStatus;
  readonly source: ConversationSource;
  readonly properties: Properties;
  /** The text or the structured transcript, once it is there; null for a recording. */
  readonly content: StoredObject | null;
  readonly format: TranscriptFormat;
  /** The upload as it was started, for as long as it is neither complete nor given up. */
  readonly upload: Upload | null;
  /** The same, kept when it is over: whoever erases makes sure that nothing of it is left. */
  readonly lastUpload: Upload | null;
  /** The link that the file is to be fetched from. */
  readonly url: string | null;
  readonly recording: StoredObject | null;
  readonly transcript: RecordingProgress;
  readonly insights: InsightsProgress;
  readonly speakers: EventDataOf<'TranscriptRecorded'>['speakers'];
  /** Who a speaker is, where somebody said so, by speaker code. */
  readonly speakerMatches: Readonly<Record<string, SpeakerMatch | null>>;
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
  const insights = evolveInsights(conversation.insights, event);
  return { ...conversation, transcript, insights, ...changeOf(conversation, event) };
}

function submitted(event: EventOf<'ConversationSubmitted'>): Conversation {
  const { conversationId, source, content, ...properties } = event.data;
  return {
    id: conversationId,
    workspaceId: event.workspaceId,
    status: 'QUEUED',
    source,
    properties,
    content,
    format: source === 'TRANSCRIPT' ? 'STRUCTURED' : 'TEXT',
    upload: null,
    lastUpload: null,
    url: null,
    recording: null,
    transcript: evolveProgress(noProgress, event),
    insights: noInsights,
    speakers: [],
    speakerMatches: {},
    failure: null,
    attempts: {},
    isDeleted: false,
  };
}

function changeOf(conversation: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'UploadStarted':
      return { status: 'UPLOADING', upload: event.data, lastUpload: event.data };
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
    case 'SpeakerMatched': {
      const { speaker, match } = event.data;
      return { speakerMatches: { ...conversation.speakerMatches, [speaker]: match } };
    }
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

function pipelineChangeOf(conversation: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'StageStarted': {
      const { stage, attempt } = event.data;
      const status = statusDuring[stage] ?? conversation.status;
      return { status, attempts: { ...conversation.attempts, [stage]: attempt } };
    }
    case 'ConversationCompleted':
      return { status: completedStatus(event.data) };
    case 'ConversationFailed':
      return { status: 'FAILED', failure: { stage: event.data.stage, code: event.data.code } };
    case 'ConversationRetried':
      return { status: 'QUEUED', failure: null, ...(event.data.fromStage === 'INTAKE' && notFetched(conversation)) };
    default:
      return {};
  }
}

/** What was fetched from the link is fetched anew. */
const notFetched = ({ url, content }: Conversation): Partial<Conversation> => ({
  recording: null,
  content: url === null ? content : null,
});

/** What the pipeline has to do for a conversation; services of their own transcribe, extract and answer. */
export type PipelineStep = 'FETCH_FILE' | 'STRUCTURE_TRANSCRIPT' | 'TRANSCRIBE' | 'EXTRACT' | 'ANSWER' | 'NOTHING';

const isOver = ({ status, isDeleted }: Conversation): boolean => isDeleted || isTerminal(status);

/** The next step: the one place that a further stage of the pipeline extends. */
export function nextStep(conversation: Conversation): PipelineStep {
  if (isOver(conversation)) return 'NOTHING';
  if (conversation.transcript.isRecorded) return conversation.insights.askedBy === null ? 'EXTRACT' : 'ANSWER';
  if (conversation.recording) return 'TRANSCRIBE';
  if (conversation.content) return 'STRUCTURE_TRANSCRIPT';
  return conversation.url ? 'FETCH_FILE' : 'NOTHING';
}
