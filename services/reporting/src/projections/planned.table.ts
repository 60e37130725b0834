import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, RowFold } from '@harmony/read-model';

type Ended = EventOf<'InsightsRunCompleted'> | EventOf<'InsightsRunFailed'> | EventOf<'RerunStageFailed'>;

/** Of the run that the latest try planned; runs of the pipeline, and of earlier tries, are of no interest here. */
const ended = <Event extends Ended>(outcomeOf: (event: Event) => string): RowFold<Event> => ({
  keys: ({ event: { data } }) => (data.revisionId === null ? [] : [[data.revisionId, data.conversationId]]),
  evolve: (row, { event }) => (row?.['run_id'] === event.data.runId ? { ...row, outcome: outcomeOf(event) } : row),
});

/** A conversation failed where not one of its definitions found anything and some failed. */
const ofRun = ({ data: { counts } }: EventOf<'InsightsRunCompleted'>): string =>
  counts.failed > 0 && counts.answered + counts.notDiscussed === 0 ? 'FAILED' : 'PROCESSED';

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
    /** PROCESSED or FAILED; null until that run has ended. */
    outcome: 'text',
  },
  on: {
    RevisionBatchPlanned: {
      keys: ({ event: { data } }) => data.conversations.map(({ conversationId }) => [data.revisionId, conversationId]),
      evolve: (_row, { event: { data, workspaceId } }, [, conversationId = '']) => ({
        revision_id: data.revisionId,
        conversation_id: conversationId,
        workspace_id: workspaceId,
        run_id: data.conversations.find((one) => one.conversationId.toLowerCase() === conversationId)?.runId,
        outcome: null,
      }),
    },
    InsightsRunCompleted: ended(ofRun),
    InsightsRunFailed: ended(() => 'FAILED'),
    RerunStageFailed: ended(() => 'FAILED'),
  },
};
