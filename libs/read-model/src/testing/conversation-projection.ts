import type { EventOf, HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import type { EventToAppend } from '@harmony/event-store';
import type { Projection, Row, RowFold } from '../port.js';

type Submitted = EventOf<'ConversationSubmitted'>;

const conversationKey = ({ event }: { event: { data: { conversationId: string } } }): string[][] => [
  [event.data.conversationId],
];

/** Counts in a second table, whose rows many streams share. */
const counts: RowFold<Submitted> = {
  keys: ({ event }) => [[event.workspaceId, event.data.medium]],
  evolve: (row, { event }) => ({
    workspace_id: event.workspaceId,
    medium: event.data.medium,
    conversations: Number(row?.['conversations'] ?? 0) + 1,
  }),
};

const touched = (row: Row | undefined, more: Row): Row | undefined => row && { ...row, ...more };

/**
 * A projection with every kind of column, two tables, rows that go away, rows that many streams share, and rows that are
 * copied: of a conversation that is renamed to the id of another one.
 */
export const conversationProjection: Projection = {
  name: 'sample.conversations',
  version: 1,
  streamPrefixes: ['conversation-'],
  tables: [
    {
      name: 'conversations',
      key: ['conversation_id'],
      columns: {
        conversation_id: 'uuid not null',
        workspace_id: 'uuid not null',
        title: 'text not null',
        tags: 'text[] not null',
        custom_fields: 'jsonb not null',
        words: 'integer not null check (words < 100000)',
        share: 'double precision',
        completed: 'boolean not null',
        created_at: 'timestamptz not null',
        completed_at: 'timestamptz',
      },
      indexes: ['(workspace_id, created_at desc)'],
      on: {
        ConversationSubmitted: {
          keys: conversationKey,
          becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
            conversation_id: data.conversationId,
            workspace_id: workspaceId,
            title: data.title,
            tags: data.tags,
            custom_fields: data.customFields,
            words: 0,
            completed: false,
            created_at: occurredAt,
          }),
        },
        TranscriptRecorded: {
          keys: conversationKey,
          evolve: (row, { event: { data } }) =>
            touched(row, {
              words: Number(row?.['words']) + data.wordCount,
              share: data.wordCount / (data.turnCount + 1),
            }),
        },
        ConversationCompleted: {
          keys: conversationKey,
          evolve: (row, { event }) => touched(row, { completed: true, completed_at: event.occurredAt }),
        },
        ConversationFailed: { keys: conversationKey, becomes: () => undefined },
        ConversationChanged: {
          keys: () => [],
          evolve: (row) => row,
          copies: ({ event: { data, occurredAt } }) => [
            {
              ...{ from: [data.title ?? ''], to: [data.conversationId] },
              changes: { completed: true, completed_at: occurredAt, title: `Copy of ${data.title}` },
            },
          ],
        },
      },
    },
    {
      name: 'media',
      key: ['workspace_id', 'medium'],
      columns: { workspace_id: 'uuid not null', medium: 'text not null', conversations: 'bigint not null' },
      on: { ConversationSubmitted: counts },
    },
  ],
};

export const workspaceId = '7c0f1f6e-0a0b-4d6e-9a55-1f0e54f2b001';

const content = { key: 'content', bytes: 1, sha256: '0'.repeat(64) };

export const submitted = (conversationId: string, more: Partial<Submitted['data']> = {}): Fact =>
  fact('ConversationSubmitted', {
    conversationId,
    source: 'TEXT',
    title: 'Renewal',
    medium: 'CHAT',
    teamId: null,
    contactId: null,
    ownerId: workspaceId,
    createdBy: workspaceId,
    tags: [],
    customFields: {},
    content,
    ...more,
  });

export const transcribed = (conversationId: string, wordCount: number): Fact =>
  fact('TranscriptRecorded', {
    conversationId,
    transcriptVersion: 1,
    chunkCount: 1,
    turnCount: 2,
    wordCount,
    speakers: [],
  });

export const completed = (conversationId: string): Fact => fact('ConversationCompleted', { conversationId });

export const copied = (conversationId: string, from: string): Fact =>
  fact('ConversationChanged', { conversationId, title: from });

export const failed = (conversationId: string): Fact =>
  fact('ConversationFailed', { conversationId, stage: 'EXTRACTION', code: 'INTERNAL' });

export const eventsOf = (facts: readonly Fact[], workspace = workspaceId): HarmonyEvent[] =>
  eventsFrom(
    {
      causationId: newId(),
      correlationId: 'test',
      workspaceId: workspace,
      occurredAt: '2026-03-01T10:00:00Z',
      actor: { kind: 'SYSTEM', id: 'test' },
    },
    'test',
    facts,
  );

/** An event as only a bug or another version could have written it. */
export const unreadable = (conversationId: string): EventToAppend => ({
  ...(eventsOf([completed(conversationId)])[0] as EventToAppend),
  data: { conversationId: 'not an id' },
});

export const ofUnknownType = (conversationId: string): EventToAppend => ({
  ...(eventsOf([completed(conversationId)])[0] as EventToAppend),
  type: 'ConversationPraised',
});
