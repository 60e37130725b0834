import { carriedCells, openCells } from '@harmony/analysis';
import type { EventOf, Finding } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { answerColumns } from './answer-columns.js';
import { changedAt, gone, positionColumns } from './past.js';

interface AboutCell {
  readonly event: {
    readonly data: { readonly conversationId: string; readonly runId: string; readonly definitionId: string };
  };
}

const keys = ({ event: { data } }: AboutCell): string[][] => [[data.conversationId, data.runId, data.definitionId]];

const columns = {
  conversation_id: 'uuid not null',
  run_id: 'uuid not null',
  definition_id: 'uuid not null',
  workspace_id: 'uuid not null',
  project_id: 'uuid not null',
  definition_version: 'integer not null',
  /** PENDING, ANSWERED, NOT_DISCUSSED, FAILED or DROPPED. */
  outcome: 'text not null',
  failure_code: 'text',
  started_at: 'timestamptz not null',
  /** Null while it is pending; then it never changes again. */
  settled_at: 'timestamptz',
  /** YES or NO, the key of a bucket, the key of a stage. */
  choice: 'text',
  /** Score, value of a scale, rate of a discount in per cent, items of a checklist that are met. */
  number: 'double precision',
  /** Of a discount. */
  amount: 'double precision',
  /** By ISO 4217. */
  currency: 'text',
  is_discussed: 'boolean',
  /** Items with their outcomes, competitors with their stances, quadrants with their counts, the weakest quadrants. */
  parts: 'jsonb',
  /** The words of an answer that is made of words, for whoever searches: overview and key points, names, suggestions. */
  text: 'text',
  answer: 'jsonb',
  rationale: 'text',
  confidence: 'double precision',
  evidence: 'jsonb',
  searched: 'jsonb',
  origin: 'jsonb',
  usage: 'jsonb',
  result_id: 'uuid',
  /** Of an answer that is used again: the run that it was found in. */
  from_run_id: 'uuid',
  ...positionColumns,
} as const;

const planned: RowFold<EventOf<'InsightsRunStarted'>> = {
  keys: ({ event: { data } }) => openCells(data),
  copies: (at) =>
    carriedCells(at.event.data).map(({ from, to, cell }) => ({
      ...{ from, to },
      changes: {
        ...{
          project_id: cell.projectId,
          definition_version: cell.definitionVersion,
          from_run_id: cell.carriedFrom.runId,
        },
        ...{ usage: null, started_at: at.event.occurredAt, settled_at: at.event.occurredAt, ...changedAt(at) },
      },
    })),
  becomes: (at, [, , definitionId = '']) => {
    const { data, workspaceId, occurredAt } = at.event;
    const cell = data.cells.find((one) => one.definitionId.toLowerCase() === definitionId);
    return {
      conversation_id: data.conversationId,
      run_id: data.runId,
      definition_id: definitionId,
      workspace_id: workspaceId,
      project_id: cell?.projectId,
      definition_version: cell?.definitionVersion,
      outcome: 'PENDING',
      started_at: occurredAt,
      ...changedAt(at),
    };
  },
};

const settled = (row: Row | undefined, at: PositionedEvent, more: Row): Row | undefined =>
  row && { ...row, ...more, settled_at: at.event.occurredAt, ...changedAt(at) };

const found = (finding: Finding): Row => ({
  outcome: finding.outcome,
  ...(finding.outcome === 'ANSWERED' && { ...answerColumns(finding.answer), answer: finding.answer }),
  rationale: finding.rationale,
  confidence: finding.confidence,
  evidence: finding.evidence,
  searched: finding.searched,
});

/** What every definition found, run by run: one row a cell, from the moment that it is planned. */
export const cells: ProjectedTable = {
  name: 'cells',
  key: ['conversation_id', 'run_id', 'definition_id'],
  columns,
  indexes: ['(definition_id)', '(project_id, changed_major, changed_minor)'],
  on: {
    InsightsRunStarted: planned,
    InsightRecorded: {
      keys,
      evolve: (row, at) => {
        const { resultId: result_id, finding, origin, usage } = at.event.data;
        return settled(row, at, { ...found(finding), origin, usage, result_id });
      },
    },
    InsightCarriedOver: {
      keys,
      evolve: (row, at) => {
        const { resultId: result_id, fromRunId: from_run_id, finding, origin } = at.event.data;
        return settled(row, at, { ...found(finding), origin, result_id, from_run_id });
      },
    },
    InsightFailed: {
      keys,
      evolve: (row, at) => {
        const { resultId: result_id, code: failure_code, origin, usage } = at.event.data;
        return settled(row, at, { outcome: 'FAILED', failure_code, origin, usage, result_id });
      },
    },
    InsightDropped: {
      keys,
      evolve: (row, at) => settled(row, at, { outcome: 'DROPPED', failure_code: at.event.data.reason }),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
