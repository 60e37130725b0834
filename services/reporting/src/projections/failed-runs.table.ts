import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { gone } from './past.js';

type Ended = EventOf<'InsightsRunCompleted'> | EventOf<'InsightsRunFailed'> | EventOf<'RerunStageFailed'>;

interface AboutConversation {
  readonly event: { readonly data: { readonly conversationId: string } };
}

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

function failed(row: Row | undefined, { event: { data, workspaceId } }: PositionedEvent<Ended>): Row | undefined {
  if (data.revisionId === null) return row;
  const known = (row?.['run_ids'] ?? []) as readonly string[];
  return { conversation_id: data.conversationId, workspace_id: workspaceId, run_ids: [...known, data.runId] };
}

/** A conversation failed where not one of its definitions found anything and some failed. */
const completed: RowFold<EventOf<'InsightsRunCompleted'>> = {
  keys,
  evolve: (row, at) => {
    const { answered, notDiscussed, failed: failures } = at.event.data.counts;
    return failures > 0 && answered + notDiscussed === 0 ? failed(row, at) : row;
  },
};

/**
 * Runs of revisions in which a conversation failed as a whole: a row a conversation, so that it goes with it, also where
 * nobody else knows of a run that never began.
 */
export const failedRuns: ProjectedTable = {
  name: 'failed_runs',
  key: ['conversation_id'],
  columns: { conversation_id: 'uuid not null', workspace_id: 'uuid not null', run_ids: 'uuid[] not null' },
  on: {
    InsightsRunCompleted: completed,
    InsightsRunFailed: { keys, evolve: failed },
    RerunStageFailed: { keys, evolve: failed },
    ConversationErased: { keys, evolve: gone },
    InsightsErased: { keys, evolve: gone },
  },
};
