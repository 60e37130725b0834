import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { countTurn, type CountedTurn } from '../domain/talk.js';

type AboutConversation = { readonly event: { readonly data: { readonly conversationId: string } } };

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

/** Another transcript begins with its first chunk, and takes the place of the one before. */
function counted(row: Row | undefined, { data, workspaceId }: EventOf<'TranscriptChunkRecorded'>): Row | undefined {
  const turns: readonly CountedTurn[] = data.turns.map(countTurn);
  const place = { conversation_id: data.conversationId, workspace_id: workspaceId };
  const transcript = { ...place, transcript_version: data.transcriptVersion };
  if (data.chunk === 0) return { ...transcript, turns };
  if (row?.['transcript_version'] !== data.transcriptVersion) return row;
  return { ...row, turns: [...(row['turns'] as readonly CountedTurn[]), ...turns] };
}

const recorded: RowFold<EventOf<'TranscriptChunkRecorded'>> = {
  keys,
  evolve: (row, { event }) => counted(row, event),
};

const gone: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased'>> = { keys, evolve: () => undefined };

/**
 * What is counted of each turn of the latest transcript, without its words: who sits on which side of the table is
 * often said later, and then the figures of the sides are other ones.
 */
export const talk: ProjectedTable = {
  name: 'talk',
  key: ['conversation_id'],
  columns: {
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    transcript_version: 'integer not null',
    turns: 'jsonb not null',
  },
  on: { TranscriptChunkRecorded: recorded, ConversationDeleted: gone, ConversationErased: gone },
};
