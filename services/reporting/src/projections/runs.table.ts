import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable, RowFold } from '@harmony/read-model';
import { changedAt, gone, positionColumns } from './past.js';

interface AboutRun {
  readonly event: { readonly data: { readonly conversationId: string; readonly runId: string } };
}

const keys = ({ event: { data } }: AboutRun): string[][] => [[data.conversationId, data.runId]];

const started: RowFold<EventOf<'InsightsRunStarted'>> = {
  keys,
  becomes: (at) => {
    const { data, workspaceId, occurredAt } = at.event;
    return {
      conversation_id: data.conversationId,
      run_id: data.runId,
      workspace_id: workspaceId,
      kind: data.kind,
      revision_id: data.revisionId,
      transcript_version: data.transcriptVersion,
      project_ids: data.eligibility.flatMap(({ projectId, eligible }) => (eligible ? [projectId] : [])),
      started_at: occurredAt,
      major: Number(at.position.major),
      minor: Number(at.position.minor),
      ...changedAt(at),
    };
  },
};

/** Runs of conversations, and the projects that each found its conversation to belong into. */
export const runs: ProjectedTable = {
  name: 'runs',
  key: ['conversation_id', 'run_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    workspace_id: 'uuid not null',
    kind: 'text not null',
    /** Null for a run of the pipeline. */
    revision_id: 'uuid',
    /** Of the transcript that was read; what evidence quotes. */
    transcript_version: 'integer not null',
    project_ids: 'uuid[] not null',
    started_at: 'timestamptz not null',
    completed_at: 'timestamptz',
    /** Where in the log it started: of two runs of the pipeline the one that started later is newer. */
    major: 'bigint not null',
    minor: 'bigint not null',
    ...positionColumns,
  },
  indexes: [
    '(revision_id, completed_at) where revision_id is not null',
    '(revision_id, conversation_id) where revision_id is not null',
    '(workspace_id, changed_major, changed_minor)',
  ],
  on: {
    InsightsRunStarted: started,
    InsightsRunCompleted: {
      keys,
      evolve: (row, at) => row && { ...row, completed_at: at.event.occurredAt, ...changedAt(at) },
    },
    InsightsErased: {
      keys: ({ event: { data } }) => data.runs.map(({ runId }) => [data.conversationId, runId]),
      evolve: gone,
    },
  },
};
