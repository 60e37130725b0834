import { carriedCells, openCells } from '@harmony/analysis';
import type { EventOf, Finding } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { gone } from './fold.js';

interface AboutCell {
  readonly event: {
    readonly data: { readonly conversationId: string; readonly runId: string; readonly definitionId: string };
  };
}

const keys = ({ event: { data } }: AboutCell): string[][] => [[data.conversationId, data.runId, data.definitionId]];

const pending: Row = {
  ...{ outcome: 'PENDING', result_id: null, identity: null, inputs: null, failure_code: null, from_run_id: null },
  ...{ answer: null, rationale: null, confidence: null, evidence: null, searched: null },
  ...{ origin: null, usage: null, duration_ms: null, settled_at: null },
};

const planned: RowFold<EventOf<'InsightsRunStarted'>> = {
  keys: ({ event: { data } }) => openCells(data),
  copies: ({ event: { data, occurredAt } }) =>
    carriedCells(data).map(({ from, to, cell }) => ({
      ...{ from, to },
      changes: {
        ...{
          project_id: cell.projectId,
          definition_version: cell.definitionVersion,
          from_run_id: cell.carriedFrom.runId,
        },
        ...{ usage: null, duration_ms: null, settled_at: occurredAt },
      },
    })),
  becomes: ({ event: { data, workspaceId } }, [, , definitionId]) => {
    const cell = data.cells.find((one) => one.definitionId === definitionId);
    return {
      conversation_id: data.conversationId,
      run_id: data.runId,
      definition_id: definitionId,
      workspace_id: workspaceId,
      project_id: cell?.projectId,
      definition_version: cell?.definitionVersion,
      ...pending,
    };
  },
};

const found = (finding: Finding): Row => ({
  outcome: finding.outcome,
  answer: finding.outcome === 'ANSWERED' ? finding.answer : null,
  rationale: finding.rationale,
  confidence: finding.confidence,
  evidence: finding.evidence,
  searched: finding.searched,
});

const answered = ({ event: { data } }: PositionedEvent<EventOf<'InsightRecorded' | 'InsightCarriedOver'>>): Row => ({
  ...{ result_id: data.resultId, identity: data.identity, inputs: data.inputs ?? null, origin: data.origin },
});

type Settling = EventOf<'InsightRecorded' | 'InsightCarriedOver' | 'InsightFailed' | 'InsightDropped'>;

/** The whole row: the event names everything that was planned. */
const settled = ({ event: { data, workspaceId, occurredAt } }: PositionedEvent<Settling>, more: Row): Row => ({
  ...{ conversation_id: data.conversationId, run_id: data.runId, definition_id: data.definitionId },
  ...{ workspace_id: workspaceId, project_id: data.projectId, definition_version: data.definitionVersion },
  ...{ ...pending, ...more, settled_at: occurredAt },
});

/** What every definition found, run by run: one row a cell, from the moment that it is planned. */
export const results: ProjectedTable = {
  name: 'results',
  key: ['conversation_id', 'run_id', 'definition_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    definition_id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    definition_version: 'integer not null',
    /** PENDING, ANSWERED, NOT_DISCUSSED, FAILED or DROPPED. */
    outcome: 'text not null',
    result_id: 'uuid',
    identity: 'text',
    /** What the answer was made from, a digest each; null where it is older than these. */
    inputs: 'jsonb',
    failure_code: 'text',
    /** Of a result that is used again: the run that it was found in. */
    from_run_id: 'uuid',
    answer: 'jsonb',
    rationale: 'text',
    confidence: 'double precision',
    evidence: 'jsonb',
    searched: 'jsonb',
    origin: 'jsonb',
    usage: 'jsonb',
    duration_ms: 'integer',
    settled_at: 'timestamptz',
  },
  indexes: ['(workspace_id, definition_id)', '(workspace_id, project_id)'],
  on: {
    InsightsRunStarted: planned,
    InsightRecorded: {
      keys,
      becomes: (at) => {
        const { finding, usage, durationMs: duration_ms } = at.event.data;
        return settled(at, { ...found(finding), ...answered(at), usage, duration_ms });
      },
    },
    InsightCarriedOver: {
      keys,
      becomes: (at) => {
        const { finding, fromRunId: from_run_id } = at.event.data;
        return settled(at, { ...found(finding), ...answered(at), from_run_id });
      },
    },
    InsightFailed: {
      keys,
      becomes: (at) => {
        const { resultId: result_id, identity, code: failure_code, origin, usage, durationMs } = at.event.data;
        return settled(at, {
          ...{ outcome: 'FAILED', failure_code, result_id, identity, origin, usage, duration_ms: durationMs },
        });
      },
    },
    InsightDropped: {
      keys,
      becomes: (at) => settled(at, { outcome: 'DROPPED', failure_code: at.event.data.reason }),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
