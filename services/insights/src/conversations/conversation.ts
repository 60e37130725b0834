import type { EventDataOf, EventOf, HarmonyEvent } from '@harmony/contracts';

type Properties = Pick<
  EventDataOf<'ConversationSubmitted'>,
  'title' | 'medium' | 'teamId' | 'ownerId' | 'createdBy' | 'tags' | 'customFields' | 'startedAt'
>;

type Turn = EventDataOf<'TranscriptChunkRecorded'>['turns'][number];
type Recorded = EventDataOf<'TranscriptRecorded'>;
type Match = EventDataOf<'SpeakerMatched'>['match'];

export interface RecordedTranscript {
  readonly version: number;
  readonly wordCount: number;
  readonly speakers: Recorded['speakers'];
  readonly chunks: readonly (readonly Turn[])[];
}

export interface ExtractionFacts extends Pick<
  EventDataOf<'ExtractionRecorded'>,
  'extractionVersion' | 'transcriptVersion' | 'origin' | 'statistics'
> {
  /** Id of the event. */
  readonly eventId: string;
}

/** What questions about a conversation need to know of it, folded from its stream. */
export interface Conversation {
  readonly id: string;
  readonly workspaceId: string;
  readonly submittedAt: string;
  readonly properties: Properties;
  /** Every version that is whole. */
  readonly transcripts: ReadonlyMap<number, RecordedTranscript>;
  /** Of the version that is being recorded. */
  readonly openChunks: readonly (readonly Turn[])[];
  /** Who a speaker is, where somebody said so, by speaker code. */
  readonly matches: ReadonlyMap<string, Match>;
  /** The latest; null until there is one. */
  readonly extraction: ExtractionFacts | null;
  /** Nothing may follow; all of it is being taken away. */
  readonly isDeleted: boolean;
}

/** After one more event; events that no question depends on change nothing. */
export function evolve(conversation: Conversation | undefined, event: HarmonyEvent): Conversation | undefined {
  if (event.type === 'ConversationSubmitted') return submitted(event);
  return conversation && { ...conversation, ...changeOf(conversation, event) };
}

function submitted({ data, workspaceId, occurredAt }: EventOf<'ConversationSubmitted'>): Conversation {
  const { conversationId: id, title, medium, teamId, ownerId, createdBy, tags, customFields, startedAt } = data;
  return {
    ...{ id, workspaceId, submittedAt: occurredAt },
    properties: { title, medium, teamId, ownerId, createdBy, tags, customFields, startedAt },
    ...{ transcripts: new Map(), openChunks: [], matches: new Map(), extraction: null, isDeleted: false },
  };
}

function changeOf(conversation: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'ConversationChanged': {
      const named = Object.entries(event.data).filter(([, value]) => value !== undefined);
      return { properties: { ...conversation.properties, ...Object.fromEntries(named) } };
    }
    case 'TranscriptChunkRecorded': {
      const { chunk, turns } = event.data;
      return { openChunks: [...conversation.openChunks.slice(0, chunk), turns] };
    }
    case 'TranscriptRecorded':
      return { openChunks: [], transcripts: withTranscript(conversation, event.data) };
    case 'SpeakerMatched':
      return { matches: new Map(conversation.matches).set(event.data.speaker, event.data.match) };
    case 'ExtractionRecorded': {
      const { extractionVersion, transcriptVersion, origin, statistics } = event.data;
      return { extraction: { eventId: event.id, extractionVersion, transcriptVersion, origin, statistics } };
    }
    case 'ConversationDeleted':
      return { isDeleted: true };
    default:
      return {};
  }
}

const withTranscript = (
  { transcripts, openChunks: chunks }: Conversation,
  { transcriptVersion: version, wordCount, speakers }: Recorded,
): ReadonlyMap<number, RecordedTranscript> =>
  new Map(transcripts).set(version, { version, wordCount, speakers, chunks });
