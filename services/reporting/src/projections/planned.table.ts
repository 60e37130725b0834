import type { ProjectedTable } from '@harmony/read-model';

/** What revisions cover: ids, and nothing that was said, so that they outlive a conversation. */
export const planned: ProjectedTable = {
  name: 'planned',
  key: ['revision_id', 'conversation_id'],
  columns: {
    revision_id: 'uuid not null',
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** Of the latest try. */
    run_id: 'uuid not null',
  },
  on: {
    RevisionBatchPlanned: {
      keys: ({ event: { data } }) => data.conversations.map(({ conversationId }) => [data.revisionId, conversationId]),
      becomes: ({ event: { data, workspaceId } }, [, conversationId = '']) => ({
        revision_id: data.revisionId,
        conversation_id: conversationId,
        workspace_id: workspaceId,
        run_id: data.conversations.find((one) => one.conversationId.toLowerCase() === conversationId)?.runId,
      }),
    },
  },
};
