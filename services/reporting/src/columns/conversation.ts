import type { ConversationStatus, Medium, RuleOutcome, RunKind } from '@harmony/contracts';
import type { Cell } from '../domain/columns.js';

/** Facts of a conversation that a filter asks for, at the moment of its columns. */
export interface ConversationRecord {
  readonly conversationId: string;
  /** The run in force. */
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly happenedAt: number;
  readonly teamId: string | null;
  readonly ownerId: string | null;
  readonly contactId: string | null;
  readonly medium: Medium;
  readonly status: ConversationStatus;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly runKind: RunKind;
  readonly revisionId: string | null;
  /** By whom it may be read, as things are now. */
  readonly access: {
    readonly ownerId: string | null;
    readonly createdBy: string | null;
    readonly teamId: string | null;
  };
  readonly cells: readonly CellRecord[];
  readonly goals: readonly { readonly goalId: string; readonly outcome: RuleOutcome }[];
  readonly scorecards: readonly { readonly scorecardId: string; readonly score: number | null }[];
}

export interface CellRecord {
  readonly definitionId: string;
  readonly cell: Cell;
}
