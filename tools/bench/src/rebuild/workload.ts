import type { EventOf } from '@harmony/contracts';
import type { Projection, Row, RowFold } from '@harmony/read-model';
import type { Pool } from 'pg';
import { eventsPerStream } from '../harness/events.js';

/** Conversations that go on at the same time in the log. */
const concurrent = 1_000;

/**
 * Appends conversations of {@link eventsPerStream} events to the log: submitted, transcript chunks, transcribed, completed.
 * Written by SQL in the shape that the store gives its rows, since the making is not what is measured.
 */
export async function seedConversations(pool: Pool, first: number, last: number, seed: number): Promise<void> {
  await pool.query(
    `with conversations as (
       select n, ${uuidOf(`'conversation ' || n`)} as id, ${uuidOf(`'workspace ' || n % 8`)} as workspace_id
         from generate_series($1::int, $2::int) n),
     events as (
       select c.*, r, ${uuidOf(`'event ' || n || ' ' || r`)} as event_id,
              case r when 0 then 'ConversationSubmitted' when ${eventsPerStream - 2} then 'TranscriptRecorded'
                     when ${eventsPerStream - 1} then 'ConversationCompleted' else 'TranscriptChunkRecorded' end as type
         from conversations c, generate_series(0, ${eventsPerStream - 1}) r)
     insert into event_store.events (stream_id, revision, id, type, event)
     select 'conversation-' || id, r, event_id, type, json_build_object(
              'id', event_id, 'type', type, 'version', 1,
              'occurredAt', to_char(timestamp '2026-01-01' + make_interval(secs => n + r), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'workspaceId', workspace_id, 'actor', json_build_object('kind', 'SYSTEM', 'id', 'bench'),
              'correlationId', id, 'causationId', id, 'data', ${eventData})
       from events order by n / ${concurrent}, r, n`.replaceAll('$seed', `'${Number(seed)} '`),
    [first, last],
  );
  await pool.query('vacuum analyze event_store.events');
}

/** A valid version 4 id that depends on the seed and a text alone. */
const uuidOf = (text: string): string =>
  `overlay(overlay(md5($seed || ${text}) placing '4' from 13) placing '8' from 17)::uuid`;

const turnText = 'and then she said that '.repeat(9).trim();

const eventData = `case type
  when 'ConversationSubmitted' then json_build_object('conversationId', id, 'source', 'TEXT',
    'title', 'Renewal of contract ' || n, 'medium', 'CHAT', 'teamId', null, 'contactId', null, 'ownerId', id,
    'createdBy', id, 'tags', json_build_array('renewal'), 'customFields', json_build_object(),
    'content', json_build_object('key', 'content', 'bytes', 1, 'sha256', repeat('0', 64)))
  when 'TranscriptChunkRecorded' then json_build_object('conversationId', id, 'transcriptVersion', 1, 'chunk', r,
    'turns', json_build_array(json_build_object('index', r, 'speaker', 'A', 'text', '${turnText}',
                                                'startMs', r * 1000, 'endMs', r * 1000 + n % 1000)))
  when 'TranscriptRecorded' then json_build_object('conversationId', id, 'transcriptVersion', 1, 'chunkCount', r,
    'turnCount', r, 'wordCount', n % 1000, 'speakers', json_build_array())
  else json_build_object('conversationId', id) end`;

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
