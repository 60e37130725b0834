import type { EventDataOf, EventOf, HarmonyEvent } from '@harmony/contracts';

type Properties = Pick<
  EventDataOf<'ConversationSubmitted'>,
  'title' | 'medium' | 'teamId' | 'ownerId' | 'createdBy' | 'tags' | 'customFields' | 'startedAt'
>;

type Chunk = EventDataOf<'TranscriptChunkRecorded'>;
type Turn = Chunk['turns'][number];
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
  /** Every version that is whole, those that revisions made among them. */
  readonly transcripts: ReadonlyMap<number, RecordedTranscript>;
  /** The latest of the conversation's own; null until there is one. */
  readonly transcriptVersion: number | null;
  /** Of versions that are being recorded. */
  readonly openChunks: ReadonlyMap<number, readonly (readonly Turn[])[]>;
  /** Who a speaker is, where somebody said so, by speaker code. */
  readonly matches: ReadonlyMap<string, Match>;
  /** The latest of the conversation's own; null until there is one. */
  readonly extraction: ExtractionFacts | null;
  /** The latest that a revision made for its own runs, by revision. */
  readonly reruns: ReadonlyMap<string, ExtractionFacts>;
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
    ...{ transcripts: new Map(), transcriptVersion: null, openChunks: new Map(), matches: new Map() },
    ...{ extraction: null, reruns: new Map(), isDeleted: false },
  };
}

function changeOf(conversation: Conversation, event: HarmonyEvent): Partial<Conversation> {
  switch (event.type) {
    case 'ConversationChanged': {
      const named = Object.entries(event.data).filter(([, value]) => value !== undefined);
      return { properties: { ...conversation.properties, ...Object.fromEntries(named) } };
    }
    case 'TranscriptChunkRecorded':
    case 'RerunTranscriptChunkRecorded':
      return { openChunks: withChunk(conversation, event.data) };
    case 'TranscriptRecorded':
      return { ...withTranscript(conversation, event.data), transcriptVersion: event.data.transcriptVersion };
    case 'RerunTranscriptRecorded':
      return withTranscript(conversation, event.data);
    case 'SpeakerMatched':
      return { matches: new Map(conversation.matches).set(event.data.speaker, event.data.match) };
    case 'ExtractionRecorded':
      return { extraction: extractionFacts(event) };
    case 'RerunExtractionRecorded':
      return { reruns: new Map(conversation.reruns).set(event.data.revisionId, extractionFacts(event)) };
    case 'ConversationDeleted':
      return { isDeleted: true };
    default:
      return {};
  }
}

function extractionFacts({ id, data }: EventOf<'ExtractionRecorded' | 'RerunExtractionRecorded'>): ExtractionFacts {
  const { extractionVersion, transcriptVersion, origin, statistics } = data;
  return { eventId: id, extractionVersion, transcriptVersion, origin, statistics };
}

function withChunk(
  { openChunks }: Conversation,
  { transcriptVersion, chunk, turns }: Chunk,
): Conversation['openChunks'] {
  const before = openChunks.get(transcriptVersion)?.slice(0, chunk) ?? [];
  return new Map(openChunks).set(transcriptVersion, [...before, turns]);
}

/** A revision may name a version again that it made before: what is there stays. */
function withTranscript(
  { transcripts, openChunks }: Conversation,
  { transcriptVersion: version, wordCount, speakers }: Recorded,
): Pick<Conversation, 'transcripts' | 'openChunks'> {
  if (transcripts.has(version) && !openChunks.has(version)) return { transcripts, openChunks };
  const chunks = openChunks.get(version) ?? [];
  return {
    transcripts: new Map(transcripts).set(version, { version, wordCount, speakers, chunks }),
    openChunks: new Map([...openChunks].filter(([open]) => open !== version)),
  };
}
