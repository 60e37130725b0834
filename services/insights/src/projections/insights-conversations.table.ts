import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, gone, named } from './fold.js';

interface AboutConversation {
  readonly event: { readonly data: { readonly conversationId: string } };
}

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

const forgotten: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased' | 'InsightsErased'>> = {
  keys,
  evolve: gone,
};

const submitted = ({ event: { data, workspaceId } }: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row => ({
  conversation_id: data.conversationId,
  workspace_id: workspaceId,
  team_id: data.teamId,
  owner_id: data.ownerId,
  created_by: data.createdBy,
});

/** Whose a conversation is, which decides who may read what was found in it. */
export const insightsConversations: ProjectedTable = {
  name: 'conversations',
  key: ['conversation_id'],
  columns: {
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    team_id: 'uuid',
    owner_id: 'uuid not null',
    created_by: 'uuid not null',
  },
  indexes: ['(workspace_id, owner_id)', '(workspace_id, team_id)'],
  on: {
    ConversationSubmitted: { keys, evolve: (_row, at) => submitted(at) },
    ConversationChanged: {
      keys,
      evolve: (row, { event: { data } }) => changed(row, named({ team_id: data.teamId, owner_id: data.ownerId })),
    },
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
    InsightsErased: forgotten,
  },
};
