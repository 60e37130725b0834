import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { hourOf } from '../domain/spending.js';

type Answered = NonNullable<EventOf<'InsightsErased'>['data']['answered']>[number];

const keyOf = (conversationId: string, projectId: string, hour: string): string[] => [
  conversationId,
  projectId,
  hourOf(hour),
];

const rowOf = (
  [conversation = '', project = '', hour = '']: readonly string[],
  workspaceId: string,
  definitionIds: readonly string[],
): Row => ({
  ...{ conversation_id: conversation, project_id: project, hour_key: hour },
  ...{ workspace_id: workspaceId, hour, definition_ids: [...new Set(definitionIds)].sort() },
});

const recorded: RowFold<EventOf<'InsightRecorded'>> = {
  keys: ({ event: { data, occurredAt } }) => [keyOf(data.conversationId, data.projectId, occurredAt)],
  evolve: (row, { event: { data, workspaceId } }, key) => {
    const before = (row?.['definition_ids'] ?? []) as readonly string[];
    return rowOf(key, workspaceId, [...before, data.definitionId]);
  },
};

const erasedKey = (conversationId: string, { projectId, hour }: Answered): string[] =>
  keyOf(conversationId, projectId, hour);

/** What had been answered stays, also where its own events are gone. */
const erased: RowFold<EventOf<'InsightsErased'>> = {
  keys: ({ event: { data } }) => (data.answered ?? []).map((one) => erasedKey(data.conversationId, one)),
  evolve: (row, { event: { data, workspaceId } }, key) => {
    const found = data.answered?.find((one) => erasedKey(data.conversationId, one).join() === key.join());
    return found ? rowOf(key, workspaceId, found.definitionIds) : row;
  },
};

/**
 * Which definitions the analyst answered about a conversation, by project and hour, whatever that cost: the minutes of
 * its recording are theirs. It outlives the conversation. What is used again was not answered anew.
 */
export const answered: ProjectedTable = {
  name: 'answered',
  key: ['conversation_id', 'project_id', 'hour_key'],
  columns: {
    conversation_id: 'text not null',
    project_id: 'text not null',
    hour_key: 'text not null',
    workspace_id: 'uuid not null',
    hour: 'timestamptz not null',
    definition_ids: 'jsonb not null',
  },
  indexes: ['(workspace_id, hour)'],
  on: { InsightRecorded: recorded, InsightsErased: erased },
};
