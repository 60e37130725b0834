import { carriedCells, comparable } from '@harmony/analysis';
import type { Answer, AnswerInputDigests, Finding } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';
import { createHash } from 'node:crypto';
import { gone } from './past.js';

interface AboutCell {
  readonly event: {
    readonly data: { readonly conversationId: string; readonly runId: string; readonly definitionId: string };
  };
}

interface Settled extends PositionedEvent {
  readonly event: PositionedEvent['event'] & {
    readonly data: {
      readonly conversationId: string;
      readonly runId: string;
      readonly definitionId: string;
      readonly projectId: string;
    };
  };
}

const keys = ({ event: { data } }: AboutCell): string[][] => [[data.conversationId, data.runId, data.definitionId]];

const settled = ({ event: { data, workspaceId } }: Settled, state: string, more: Row = {}): Row => ({
  ...{ conversation_id: data.conversationId, run_id: data.runId, definition_id: data.definitionId },
  ...{ workspace_id: workspaceId, project_id: data.projectId, state, ...more },
});

const shortDigest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Enough to tell two answers to one question apart. */
const keyLength = 11;

/** As `isChanged` compares it (D5). */
function found(finding: Finding, inputs: AnswerInputDigests | undefined): Row {
  const { key, number, amount } = comparable(finding);
  return {
    ...{ value_key: shortDigest(key).slice(0, keyLength), number, amount },
    category: finding.outcome === 'ANSWERED' ? categoryOf(finding.answer) : null,
    inputs: inputs ? inputsText(inputs) : null,
  };
}

function categoryOf(answer: Answer): string | null {
  switch (answer.type) {
    case 'YES_NO':
      return answer.answer;
    case 'GROUP':
      return answer.bucket;
    case 'FUNNEL':
      return answer.stage;
    default:
      return null;
  }
}

/** Hexadecimal digits of each input's digest that are kept. */
export const inputLength = 8;

/** The inputs of an answer, in the order in which their digests are kept behind each other. */
export const inputNames = ['definition', 'knowledge', 'language', 'analyst', 'transcript', 'conversation'] as const;

const inputsText = (inputs: AnswerInputDigests): string =>
  inputNames.map((name) => inputs[name].slice(0, inputLength).padEnd(inputLength)).join('');

/**
 * What results are compared by, and nothing else, so that two million of them are read in a second: a row from when a
 * cell is settled. One that was dropped because its definition is gone leaves none.
 */
export const compared: ProjectedTable = {
  name: 'compared',
  key: ['conversation_id', 'run_id', 'definition_id'],
  columns: {
    conversation_id: 'uuid not null',
    run_id: 'uuid not null',
    definition_id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    /** FOUND, which an answer is and that nobody spoke of it; FAILED; CANCELLED. */
    state: 'text not null',
    /** Equal for what is the same by value. */
    value_key: 'text',
    /** Compared by half a step. */
    number: 'double precision',
    amount: 'double precision',
    /** Of types that have categories; null where nobody spoke of it. */
    category: 'text',
    /** Digests of what the answer was made from; null for answers of before they were kept. */
    inputs: 'text',
  },
  indexes: ['(project_id)'],
  isReadWhole: true,
  on: {
    InsightsRunStarted: {
      keys: () => [],
      becomes: () => undefined,
      copies: ({ event: { data } }) =>
        carriedCells(data).map(({ from, to, cell: { projectId } }) => ({
          from,
          to,
          changes: { project_id: projectId },
        })),
    },
    InsightRecorded: {
      keys,
      becomes: (at) => settled(at, 'FOUND', found(at.event.data.finding, at.event.data.inputs)),
    },
    InsightCarriedOver: {
      keys,
      becomes: (at) => settled(at, 'FOUND', found(at.event.data.finding, at.event.data.inputs)),
    },
    InsightFailed: { keys, becomes: (at) => settled(at, 'FAILED') },
    InsightDropped: {
      keys,
      becomes: (at) => (at.event.data.reason === 'CANCELLED' ? settled(at, 'CANCELLED') : undefined),
    },
    InsightsErased: {
      keys: ({ event: { data } }) =>
        data.results.map(({ runId, definitionId }) => [data.conversationId, runId, definitionId]),
      evolve: gone,
    },
  },
};
