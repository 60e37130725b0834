import { carriedCells, openCells } from '@harmony/analysis';
import type { EventOf, Finding } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, gone } from './fold.js';

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
  evolve: (_row, { event: { data, workspaceId } }, [, , definitionId]) => {
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

const settledAt = ({ event: { occurredAt } }: PositionedEvent): Row => ({ settled_at: occurredAt });

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
      evolve: (row, at) => {
        const {
          resultId: result_id,
          identity,
          inputs = null,
          finding,
          origin,
          usage,
          durationMs: duration_ms,
        } = at.event.data;
        return changed(row, {
          result_id,
          identity,
          inputs,
          ...found(finding),
          origin,
          usage,
          duration_ms,
          ...settledAt(at),
        });
      },
    },
    InsightCarriedOver: {
      keys,
      evolve: (row, at) => {
        const { resultId: result_id, identity, inputs = null, finding, origin, fromRunId: from_run_id } = at.event.data;
        return changed(row, { result_id, identity, inputs, ...found(finding), origin, from_run_id, ...settledAt(at) });
      },
    },
    InsightFailed: {
      keys,
      evolve: (row, at) => {
        const { resultId: result_id, identity, code, origin, usage, durationMs: duration_ms } = at.event.data;
        const failed = { outcome: 'FAILED', failure_code: code };
        return changed(row, { result_id, identity, ...failed, origin, usage, duration_ms, ...settledAt(at) });
      },
    },
    InsightDropped: {
      keys,
      evolve: (row, at) => changed(row, { outcome: 'DROPPED', failure_code: at.event.data.reason, ...settledAt(at) }),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
