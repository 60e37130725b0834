import type { EventOf } from '@harmony/contracts';
import type { ProjectedTable } from '@harmony/read-model';
import { changed, gone } from './fold.js';

interface AboutRun {
  readonly event: { readonly data: { readonly conversationId: string; readonly runId: string } };
}

const keys = ({ event: { data } }: AboutRun): string[][] => [[data.conversationId, data.runId]];

/** Runs of a conversation: what was planned, and how it ended. */
export const runs: ProjectedTable = {
  name: 'runs',
  key: ['conversation_id', 'run_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    workspace_id: 'uuid not null',
    kind: 'text not null',
    revision_id: 'uuid',
    transcript_version: 'integer not null',
    extraction_version: 'integer not null',
    eligibility: 'jsonb not null',
    cell_count: 'integer not null',
    started_at: 'timestamptz not null',
    completed_at: 'timestamptz',
    counts: 'jsonb',
    /** Where in the log it started: of two runs of the pipeline the one that started later is newer (D3). */
    major: 'bigint not null',
    minor: 'bigint not null',
  },
  indexes: ['(revision_id, conversation_id) where revision_id is not null'],
  on: {
    InsightsRunStarted: {
      keys,
      becomes: ({ event: { data, workspaceId, occurredAt }, position }) => ({
        conversation_id: data.conversationId,
        run_id: data.runId,
        workspace_id: workspaceId,
        kind: data.kind,
        revision_id: data.revisionId,
        transcript_version: data.transcriptVersion,
        extraction_version: data.extractionVersion,
        eligibility: data.eligibility,
        cell_count: data.cells.length,
        started_at: occurredAt,
        completed_at: null,
        counts: null,
        major: Number(position.major),
        minor: Number(position.minor),
      }),
    },
    InsightsRunCompleted: {
      keys,
      evolve: (row, { event: { data, occurredAt } }) => changed(row, { completed_at: occurredAt, counts: data.counts }),
    },
    InsightsErased: {
      keys: ({ event: { data } }: { readonly event: EventOf<'InsightsErased'> }) =>
        data.runs.map(({ runId }) => [data.conversationId, runId]),
      evolve: gone,
    },
  },
};
