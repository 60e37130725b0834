import type { EventOf } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { derivedId, eventsFrom, fact, type Cause, type Fact } from '@harmony/kernel';
import type { Projection, Row, RowFold } from '@harmony/read-model';
import { eventsPerStream } from '../harness/events.js';

/** Conversations that go on at the same time in the log. */
const concurrent = 1_000;
const eventsPerAppend = eventsPerStream / 2;
const callers = 32;

/**
 * Appends conversations of {@link eventsPerStream} events through the store: submitted, transcript chunks, transcribed,
 * completed. Those of a group take turns in the log.
 */
export async function seedConversations(store: EventStore, first: number, last: number, seed: number): Promise<void> {
  for (let start = first; start <= last; start += concurrent) {
    const group = Array.from({ length: Math.min(concurrent, last - start + 1) }, (_, index) => start + index);
    for (let revision = 0; revision < eventsPerStream; revision += eventsPerAppend) {
      const waiting = [...group];
      const write = async (): Promise<void> => {
        for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
          await appendPart(store, number, revision, seed);
        }
      };
      await Promise.all(Array.from({ length: callers }, write));
    }
  }
}

async function appendPart(store: EventStore, number: number, revision: number, seed: number): Promise<void> {
  const conversationId = derivedId(`conversation ${seed}`, number);
  const facts = Array.from({ length: eventsPerAppend }, (_, index) => factOf(conversationId, number, revision + index));
  const cause: Cause = {
    causationId: derivedId(conversationId, revision),
    correlationId: conversationId,
    workspaceId: derivedId('workspace', number % 8),
    actor: { kind: 'SYSTEM', id: 'bench' },
    occurredAt: new Date(Date.UTC(2026, 0, 1) + number * 1_000 + revision).toISOString(),
  };
  const streamId = `conversation-${conversationId}`;
  await store.append(streamId, eventsFrom(cause, streamId, facts), revision === 0 ? 'none' : revision - 1);
}

const text = 'and then she said that '.repeat(9).trim();
const content = { key: 'content', bytes: 1, sha256: '0'.repeat(64) };

function factOf(conversationId: string, number: number, revision: number): Fact {
  const shared = { conversationId, transcriptVersion: 1 };
  if (revision === 0) {
    const people = { teamId: null, contactId: null, ownerId: conversationId, createdBy: conversationId };
    return fact('ConversationSubmitted', {
      conversationId,
      ...people,
      title: `Renewal of contract ${number}`,
      source: 'TEXT',
      medium: 'CHAT',
      tags: ['renewal'],
      customFields: {},
      content,
    });
  }
  if (revision === eventsPerStream - 1) return fact('ConversationCompleted', { conversationId });
  if (revision === eventsPerStream - 2) {
    const counts = { chunkCount: revision, turnCount: revision, wordCount: number % 1_000 };
    return fact('TranscriptRecorded', { ...shared, ...counts, speakers: [] });
  }
  const startMs = revision * 1_000;
  const turns = [{ index: revision, speaker: 'A', text, startMs, endMs: startMs + (number % 1_000) }];
  return fact('TranscriptChunkRecorded', { ...shared, chunk: revision, turns });
}

type ConversationEvent = EventOf<
  'ConversationSubmitted' | 'TranscriptChunkRecorded' | 'TranscriptRecorded' | 'ConversationCompleted'
>;

const updates = <Event extends ConversationEvent>(change: (row: Row, event: Event) => Row): RowFold<Event> => ({
  keys: ({ event }) => [[event.data.conversationId]],
  evolve: (row, { event }) => row && { ...row, ...change(row, event), updated_at: event.occurredAt },
});

/** The summary of each conversation, as a list shows it. */
export const summaryProjection: Projection = {
  name: 'bench.summaries',
  version: 1,
  streamPrefixes: ['conversation-'],
  tables: [
    {
      name: 'summaries',
      key: ['conversation_id'],
      columns: {
        conversation_id: 'uuid not null',
        workspace_id: 'uuid not null',
        title: 'text not null',
        turns: 'integer not null',
        words: 'integer not null',
        talk_ms: 'bigint not null',
        completed: 'boolean not null',
        started_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
      },
      indexes: ['(workspace_id, started_at desc)'],
      on: {
        ConversationSubmitted: {
          keys: ({ event }) => [[event.data.conversationId]],
          evolve: (_row, { event }) => ({
            conversation_id: event.data.conversationId,
            workspace_id: event.workspaceId,
            title: event.data.title,
            turns: 0,
            words: 0,
            talk_ms: 0,
            completed: false,
            started_at: event.occurredAt,
            updated_at: event.occurredAt,
          }),
        },
        TranscriptChunkRecorded: updates((row, { data: { turns } }) => ({
          turns: Number(row['turns']) + turns.length,
          talk_ms: turns.reduce((sum, turn) => sum + (turn.endMs ?? 0) - (turn.startMs ?? 0), Number(row['talk_ms'])),
        })),
        TranscriptRecorded: updates((row, { data }) => ({ words: Number(row['words']) + data.wordCount })),
        ConversationCompleted: updates(() => ({ completed: true })),
      },
    },
  ],
};
