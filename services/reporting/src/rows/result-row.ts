import { analystView, answerView, type AnalystView, type AnswerView } from '@harmony/api';
import type {
  AnalystOrigin,
  Answer,
  ConversationStatus,
  Evidence,
  Medium,
  ResultOutcome,
  TurnSpan,
  Usage,
} from '@harmony/contracts';
import type { Names } from './names.js';

/** Names one result: what a definition found in a conversation in a run. */
export interface ResultKey {
  readonly conversationId: string;
  readonly runId: string;
  readonly definitionId: string;
}

/** What tables of results say of a conversation, at the moment that is asked for. */
export interface ReportedConversationView {
  readonly id: string;
  readonly title: string;
  readonly medium: Medium;
  readonly status: ConversationStatus;
  readonly happenedAt: Date;
  readonly teamId: string | null;
  readonly ownerId: string;
  readonly contactId: string | null;
  /** Of everybody whom the rows mention that were read together with this one. */
  readonly names: Names;
}

/** A result with the conversation that it comes from. */
export interface ResultRowView extends ResultKey {
  readonly conversation: ReportedConversationView;
  readonly definitionVersion: number;
  /** Null for a run of the pipeline. */
  readonly revisionId: string | null;
  /** Of the transcript that was read; what evidence quotes. */
  readonly transcriptVersion: number;
  readonly resultId: string | null;
  readonly outcome: ResultOutcome;
  readonly failureCode: string | null;
  readonly answer: AnswerView | null;
  readonly rationale: string | null;
  /** 0 to 1. */
  readonly confidence: number | null;
  readonly evidence: readonly Evidence[];
  readonly searched: readonly TurnSpan[];
  readonly analyst: AnalystView | null;
  readonly usage: Usage | null;
  readonly settledAt: Date | null;
}

/** A row of `reporting.conversations`, as far as tables of results show it. */
export interface ConversationFacts {
  readonly title: string;
  readonly medium: Medium;
  readonly status: ConversationStatus;
  readonly happened_at: Date;
  readonly team_id: string | null;
  readonly owner_id: string;
  readonly contact_id: string | null;
}

/** A row of `reporting.cells`, as far as tables of results show it. */
export interface StoredCell {
  readonly conversation_id: string;
  readonly run_id: string;
  readonly definition_id: string;
  readonly definition_version: number;
  readonly revision_id: string | null;
  readonly transcript_version: number;
  readonly outcome: ResultOutcome;
  readonly failure_code: string | null;
  readonly settled_at: Date | null;
  readonly answer: Answer | null;
  readonly rationale: string | null;
  readonly confidence: number | null;
  readonly evidence: readonly Evidence[] | null;
  readonly searched: readonly TurnSpan[] | null;
  readonly origin: AnalystOrigin | null;
  readonly usage: Usage | null;
  readonly result_id: string | null;
}

const pending: Partial<StoredCell> = {
  ...{ outcome: 'PENDING', failure_code: null, settled_at: null, answer: null, rationale: null, confidence: null },
  ...{ evidence: null, searched: null, origin: null, usage: null, result_id: null },
};

/** The cell as it was then: what settled later was pending. */
export const cellAsOf = (cell: StoredCell, asOf: Date | null): StoredCell =>
  asOf !== null && cell.settled_at !== null && cell.settled_at > asOf ? { ...cell, ...pending } : cell;

export const resultRowView = (cell: StoredCell, facts: ConversationFacts, names: Names): ResultRowView => ({
  ...{ conversationId: cell.conversation_id, runId: cell.run_id, definitionId: cell.definition_id },
  conversation: {
    ...{ id: cell.conversation_id, title: facts.title, medium: facts.medium, status: facts.status },
    ...{ happenedAt: facts.happened_at, teamId: facts.team_id, ownerId: facts.owner_id, contactId: facts.contact_id },
    names,
  },
  ...{ definitionVersion: cell.definition_version, revisionId: cell.revision_id, resultId: cell.result_id },
  transcriptVersion: cell.transcript_version,
  ...{ outcome: cell.outcome, failureCode: cell.failure_code, answer: cell.answer && answerView(cell.answer) },
  ...{ rationale: cell.rationale, confidence: cell.confidence },
  ...{ evidence: cell.evidence ?? [], searched: cell.searched ?? [] },
  ...{ analyst: cell.origin && analystView(cell.origin), usage: cell.usage, settledAt: cell.settled_at },
});
