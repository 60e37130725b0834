import type { ConversationOwnership } from './change-queries.js';

/** A conversation whose results, scores or properties changed, as one project's report sees it. */
export interface ChangedConversation {
  readonly conversationId: string;
  /** Whose results changed; empty where only scores or properties did. */
  readonly definitionIds: readonly string[];
  /** Whose it is, and whose it was before this change: its former readers lose it from their figures. */
  readonly ownerships: readonly ConversationOwnership[];
}

/** What happened to the reports of one project since the last look. */
export interface ProjectChange {
  readonly projectId: string;
  readonly conversations: readonly ChangedConversation[];
  /** Its name, definitions, goals, scorecards, or what is in force. */
  readonly isProjectChanged: boolean;
}

/** What one reader is told: enough to ask for the report again, and for nothing else. */
export interface ReportChange {
  readonly projectId: string;
  /** Pass it as `since` after a reconnect. */
  readonly cursor: string;
  readonly conversationCount: number;
  readonly definitionIds: readonly string[];
  readonly isProjectChanged: boolean;
}
