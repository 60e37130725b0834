import type {
  ConversationStatus,
  Finding,
  Goal,
  GoalEvaluation,
  InsightType,
  Question,
  RunKind,
  Scorecard,
  ScorecardEvaluation,
} from '@harmony/contracts';
import type { History } from './history.js';

/** What is known of a conversation beside what was found in it. */
export interface Facts {
  readonly title: string;
  readonly medium: string;
  readonly teamId: string | null;
  readonly contactId: string | null;
  readonly ownerId: string;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly startedAt: string | null;
  readonly status: ConversationStatus;
  readonly durationMs: number | null;
  readonly words: number | null;
}

export type FactHistories = { readonly [Name in keyof Facts]: History<Facts[Name]> };

export interface OracleConversation {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly source: string;
  readonly facts: FactHistories;
}

export type Settled =
  | { readonly outcome: 'ANSWERED' | 'NOT_DISCUSSED'; readonly finding: Finding }
  | { readonly outcome: 'FAILED'; readonly code: string }
  | { readonly outcome: 'DROPPED' };

export interface OracleCell {
  readonly projectId: string;
  readonly definitionId: string;
  readonly definitionVersion: number;
  /** Undefined while it is pending. */
  settled?: Settled & { readonly at: number };
}

export interface OracleRun {
  readonly id: string;
  readonly conversationId: string;
  readonly workspaceId: string;
  readonly kind: RunKind;
  readonly revisionId: string | null;
  /** Projects that the conversation was eligible for. */
  readonly projectIds: readonly string[];
  readonly startedAt: number;
  completedAt: number | null;
  /** Number of the event in the log by which it started. */
  readonly place: number;
  /** By definition. */
  readonly cells: Map<string, OracleCell>;
  /** By project. */
  readonly scores: Map<string, History<Scores>>;
}

export interface Scores {
  readonly goals: readonly GoalEvaluation[];
  readonly scorecards: readonly ScorecardEvaluation[];
}

export interface OracleDefinition {
  readonly id: string;
  readonly projectId: string;
  readonly type: InsightType;
  readonly createdAt: number;
  readonly title: History<string>;
  readonly successAnswer: History<'YES' | 'NO'>;
  readonly isActive: History<boolean>;
  readonly isRemoved: History<boolean>;
  readonly ordinal: History<number>;
  readonly version: History<number>;
  readonly questions: Map<number, Question>;
}

export interface OracleProject {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly name: History<string>;
  readonly teamIds: History<readonly string[]>;
  readonly goals: History<readonly (Goal & { readonly id: string })[]>;
  readonly scorecards: History<readonly (Scorecard & { readonly id: string })[]>;
  readonly isDeleted: History<boolean>;
}

export interface Live {
  readonly workspaceId: string;
  readonly revisionId: string;
  readonly projectId: string;
  readonly at: number;
  /** When it was rolled back; Infinity for never. */
  readonly until: number;
  readonly place: number;
}

/** A revision that was asked for. */
export interface OracleRevision {
  readonly workspaceId: string;
  readonly projectId: string;
  /** Until it was completed or cancelled. */
  readonly isUnderWay: boolean;
}

/** Everything that a log says, as it is said. */
export interface World {
  readonly conversations: Map<string, OracleConversation>;
  readonly runs: Map<string, OracleRun>;
  readonly lives: Live[];
  /** By id, from when they were asked for. */
  readonly revisions: Map<string, OracleRevision>;
  readonly projects: Map<string, OracleProject>;
  readonly definitions: Map<string, OracleDefinition>;
}
