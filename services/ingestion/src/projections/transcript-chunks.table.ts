import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, RowFold } from '@harmony/read-model';
import { gone } from './fold.js';

type Forgotten = PositionedEvent<EventOf<'ConversationDeleted' | 'ConversationErased'>>;

const chunksOf = ({ event: { data } }: Forgotten): string[][] =>
  (data.transcripts ?? []).flatMap(({ version, chunkCount }) =>
    Array.from({ length: chunkCount }, (_, chunk) => [data.conversationId, String(version), String(chunk)]),
  );

const chunk: RowFold<EventOf<'TranscriptChunkRecorded' | 'RerunTranscriptChunkRecorded'>> = {
  keys: ({ event: { data } }) => [[data.conversationId, String(data.transcriptVersion), String(data.chunk)]],
  becomes: ({ event: { data, workspaceId } }) => ({
    conversation_id: data.conversationId,
    transcript_version: String(data.transcriptVersion),
    chunk: String(data.chunk),
    workspace_id: workspaceId,
    first_turn: data.turns[0]?.index ?? 0,
    turn_count: data.turns.length,
    turns: data.turns,
  }),
};

/**
 * One row a chunk and not a turn: an event touches one row, however short its turns are. Every version of a transcript
 * stays, since evidence names the version that it quotes.
 */
export const transcriptChunks: ProjectedTable = {
  name: 'transcript_chunks',
  key: ['conversation_id', 'transcript_version', 'chunk'],
  columns: {
    conversation_id: 'uuid not null',
    transcript_version: 'text not null',
    chunk: 'text not null',
    workspace_id: 'uuid not null',
    first_turn: 'integer not null',
    turn_count: 'integer not null',
    turns: 'jsonb not null',
  },
  on: {
    TranscriptChunkRecorded: chunk,
    RerunTranscriptChunkRecorded: chunk,
    ConversationDeleted: { keys: chunksOf, evolve: gone },
    ConversationErased: { keys: chunksOf, evolve: gone },
  },
};
