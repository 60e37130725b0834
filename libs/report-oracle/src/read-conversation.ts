import type { ConversationStatus, EventOf, HarmonyEvent } from '@harmony/contracts';
import { History } from './history.js';
import type { FactHistories, Facts, OracleConversation, World } from './world.js';

/** What an event of its stream, or of its tombstone, says of a conversation. */
export function readConversationEvent({ conversations }: World, event: HarmonyEvent): void {
  if (event.type === 'ConversationSubmitted') {
    conversations.set(event.data.conversationId, submitted(event));
  } else if (event.type === 'ConversationDeleted' || event.type === 'ConversationErased') {
    conversations.delete(event.data.conversationId);
  } else if ('conversationId' in event.data) {
    const conversation = conversations.get(event.data.conversationId);
    if (conversation) change(conversation.facts, event);
  }
}

function submitted({ data, workspaceId, occurredAt }: EventOf<'ConversationSubmitted'>): OracleConversation {
  const createdAt = Date.parse(occurredAt);
  const first = <Value>(value: Value): History<Value> => new History(createdAt, value);
  return {
    ...{ id: data.conversationId, workspaceId, createdBy: data.createdBy, createdAt, source: data.source },
    facts: {
      title: first(data.title),
      medium: first<string>(data.medium),
      teamId: first(data.teamId),
      contactId: first(data.contactId),
      ownerId: first(data.ownerId),
      tags: first<readonly string[]>(data.tags),
      customFields: first<Readonly<Record<string, unknown>>>(data.customFields),
      startedAt: first(data.startedAt ?? null),
      status: first<ConversationStatus>('QUEUED'),
      durationMs: first<number | null>(null),
      words: first<number | null>(null),
    },
  };
}

function change(facts: FactHistories, event: HarmonyEvent): void {
  const at = Date.parse(event.occurredAt);
  const status = statusAfter(event);
  if (status) facts.status.push(at, status);
  if (event.type === 'ExtractionRecorded') {
    facts.durationMs.push(at, event.data.statistics.durationMs);
    facts.words.push(at, event.data.statistics.words);
  }
  if (event.type !== 'ConversationChanged') return;
  const { conversationId: _, ...changes } = event.data;
  for (const [name, value] of Object.entries(changes)) {
    // Their names are those of facts, and absent ones are no entries.
    if (value !== undefined) (facts[name as keyof Facts] as History<unknown>).push(at, value);
  }
}

function statusAfter(event: HarmonyEvent): ConversationStatus | undefined {
  switch (event.type) {
    case 'UploadStarted':
      return 'UPLOADING';
    case 'RecordingReceived':
    case 'TranscriptReceived':
    case 'ConversationRetried':
      return 'QUEUED';
    case 'StageStarted':
      return stageStatus[event.data.stage];
    case 'ConversationCompleted':
      return event.data.failedInsights === undefined ? 'COMPLETED' : 'COMPLETED_WITH_ERRORS';
    case 'ConversationFailed':
      return 'FAILED';
    default:
      return undefined;
  }
}

const stageStatus: Readonly<Record<string, ConversationStatus | undefined>> = {
  TRANSCRIPTION: 'TRANSCRIBING',
  EXTRACTION: 'EXTRACTING',
  INSIGHTS: 'ANALYZING',
};
