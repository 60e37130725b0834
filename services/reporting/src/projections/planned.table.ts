import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, RowFold } from '@harmony/read-model';

type Failed = EventOf<'InsightsRunFailed'> | EventOf<'RerunStageFailed'>;

/** Of the run that the latest try planned; runs of the pipeline, and of earlier tries, are of no interest here. */
const failed: RowFold<Failed> = {
  keys: ({ event: { data } }) => (data.revisionId === null ? [] : [[data.revisionId, data.conversationId]]),
  evolve: (row, { event: { data } }) => (row?.['run_id'] === data.runId ? { ...row, failure_code: data.code } : row),
};

/** What revisions cover, conversation by conversation: ids and how far each has come, and nothing that was said. */
export const planned: ProjectedTable = {
  name: 'planned',
  key: ['revision_id', 'conversation_id'],
  columns: {
    revision_id: 'uuid not null',
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** Of the latest try. */
    run_id: 'uuid not null',
    /** Of that run, when it could not even be begun. */
    failure_code: 'text',
  },
  on: {
    RevisionBatchPlanned: {
      keys: ({ event: { data } }) => data.conversations.map(({ conversationId }) => [data.revisionId, conversationId]),
      evolve: (_row, { event: { data, workspaceId } }, [, conversationId = '']) => ({
        revision_id: data.revisionId,
        conversation_id: conversationId,
        workspace_id: workspaceId,
        run_id: data.conversations.find((one) => one.conversationId.toLowerCase() === conversationId)?.runId,
        failure_code: null,
      }),
    },
    InsightsRunFailed: failed,
    RerunStageFailed: failed,
  },
};
