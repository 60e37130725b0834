import type { ConversationStatus, HarmonyEvent } from '@harmony/contracts';
import { streamPrefixes } from '@harmony/contracts';
import { formatPosition } from '@harmony/event-store';
import type { PositionedEvent, ProjectedTable, Projection, Row } from '@harmony/read-model';

interface AboutConversation {
  readonly event: HarmonyEvent & { readonly data: { readonly conversationId: string } };
}

const keys = ({ event }: AboutConversation): string[][] => [[event.data.conversationId]];

/** What every event moves: when the conversation was last heard of, and where in the log. */
const progress = ({ event, position }: PositionedEvent): Row => ({
  updated_at: event.occurredAt,
  position: formatPosition(position),
});

const moved = (status: ConversationStatus, at: PositionedEvent): Row => ({
  ...progress(at),
  status,
  status_changed_at: at.event.occurredAt,
});

const changed = (row: Row | undefined, more: Row): Row | undefined => row && { ...row, ...more };

const conversations: ProjectedTable = {
  name: 'conversations',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    title: 'text not null',
    status: 'text not null',
    medium: 'text not null',
    source: 'text not null',
    team_id: 'uuid',
    contact_id: 'uuid',
    owner_id: 'uuid not null',
    created_by: 'uuid not null',
    tags: 'text[] not null',
    custom_fields: 'jsonb not null',
    started_at: 'timestamptz',
    created_at: 'timestamptz not null',
    updated_at: 'timestamptz not null',
    status_changed_at: 'timestamptz not null',
    turn_count: 'integer',
    word_count: 'integer',
    speakers: 'jsonb not null',
    failure_stage: 'text',
    failure_code: 'text',
    position: 'text not null',
  },
  indexes: ['(workspace_id, created_at desc, id desc)', '(workspace_id, owner_id)', '(workspace_id, team_id)'],
  on: {
    ConversationSubmitted: {
      keys,
      evolve: (_row, at) => {
        const { data, workspaceId, occurredAt } = at.event;
        return {
          id: data.conversationId,
          workspace_id: workspaceId,
          title: data.title,
          medium: data.medium,
          source: data.source,
          team_id: data.teamId,
          contact_id: data.contactId,
          owner_id: data.ownerId,
          created_by: data.createdBy,
          tags: data.tags,
          custom_fields: data.customFields,
          started_at: data.startedAt ?? null,
          created_at: occurredAt,
          speakers: [],
          ...moved('QUEUED', at),
        };
      },
    },
    TranscriptChunkRecorded: { keys, evolve: (row, at) => changed(row, progress(at)) },
    TranscriptRecorded: {
      keys,
      evolve: (row, at) => {
        const { turnCount, wordCount, speakers } = at.event.data;
        return changed(row, { turn_count: turnCount, word_count: wordCount, speakers, ...progress(at) });
      },
    },
    ConversationCompleted: { keys, evolve: (row, at) => changed(row, moved('COMPLETED', at)) },
    ConversationFailed: {
      keys,
      evolve: (row, at) => {
        const { stage, code } = at.event.data;
        return changed(row, { failure_stage: stage, failure_code: code, ...moved('FAILED', at) });
      },
    },
  },
};

/** One row a chunk and not a turn: an event touches one row, however short its turns are. */
const transcriptChunks: ProjectedTable = {
  name: 'transcript_chunks',
  key: ['conversation_id', 'chunk'],
  columns: {
    conversation_id: 'uuid not null',
    chunk: 'text not null',
    workspace_id: 'uuid not null',
    first_turn: 'integer not null',
    turn_count: 'integer not null',
    turns: 'jsonb not null',
  },
  on: {
    TranscriptChunkRecorded: {
      keys: ({ event: { data } }) => [[data.conversationId, String(data.chunk)]],
      evolve: (_row, { event: { data, workspaceId } }) => ({
        conversation_id: data.conversationId,
        chunk: String(data.chunk),
        workspace_id: workspaceId,
        first_turn: data.turns[0]?.index ?? 0,
        turn_count: data.turns.length,
        turns: data.turns,
      }),
    },
  },
};

/** Conversations and their transcripts, under one checkpoint: whoever sees one completed sees its whole transcript. */
export const conversationsProjection: Projection = {
  name: 'ingestion.conversations',
  version: 1,
  streamPrefixes: [streamPrefixes.conversation],
  tables: [conversations, transcriptChunks],
};
