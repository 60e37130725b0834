import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, RowFold } from '@harmony/read-model';
import { gone } from './past.js';

/** What is known of the same change stays; against another result of before it is another change. */
const drawn: RowFold<EventOf<'RevisionChangesDrawn'>> = {
  keys: ({ event: { data } }) =>
    data.changes.map(({ conversationId, runId, definitionId }) => [conversationId, runId, definitionId]),
  evolve: (row, { event: { data, workspaceId } }, [conversationId, runId, definitionId]) => {
    const change = data.changes.find((one) => one.runId === runId && one.definitionId === definitionId);
    if (!change) return row;
    const { beforeRunId } = change;
    const effects = row?.['before_run_id'] === beforeRunId ? row['effects'] : null;
    return {
      ...{ conversation_id: conversationId, run_id: runId, definition_id: definitionId },
      ...{ revision_id: data.revisionId, workspace_id: workspaceId, before_run_id: beforeRunId },
      effects: isKnown(effects) ? effects : null,
    };
  },
};

/** What could not be asked is asked again. */
const isKnown = (effects: unknown): boolean => Array.isArray(effects) && effects.length > 0;

/** Changed results of revisions that somebody has looked into: what made them change (B7). */
export const attributions: ProjectedTable = {
  name: 'attributions',
  key: ['conversation_id', 'run_id', 'definition_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    definition_id: 'uuid not null',
    revision_id: 'uuid not null',
    /** The run that it is compared with. */
    before_run_id: 'uuid not null',
    workspace_id: 'uuid not null',
    /** Of each input that is another one: its cause, and whether it alone makes another answer; null while it is awaited. */
    effects: 'jsonb',
  },
  indexes: ['(revision_id)'],
  on: {
    RevisionChangesDrawn: drawn,
    ChangeAttributed: {
      keys: ({ event: { data } }) => [[data.conversationId, data.runId, data.definitionId]],
      evolve: (row, { event: { data } }) =>
        row?.['before_run_id'] === data.beforeRunId ? { ...row, effects: data.effects } : row,
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
