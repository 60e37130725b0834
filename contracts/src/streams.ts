/** Names of streams. One stream is one consistency boundary (docs/architecture.md). */
export const streams = {
  workspace: (id: string): string => `workspace-${id}`,
  contact: (id: string): string => `contact-${id}`,
  conversation: (id: string): string => `conversation-${id}`,
  /** What stays of a conversation that was deleted. */
  tombstone: (id: string): string => `tombstone-${id}`,
  project: (id: string): string => `project-${id}`,
  /** Results, goals and scores of a conversation. */
  insights: (conversationId: string): string => `insights-${conversationId}`,
  /** What a workspace sets for the analysis of all its conversations. */
  analysis: (workspaceId: string): string => `analysis-${workspaceId}`,
  /** The revisions of a project: who asked for them, how they ended, which one is live. */
  revisions: (projectId: string): string => `revision-${projectId}`,
  /** What a revision covers. */
  revisionPlan: (revisionId: string): string => `revision-plan-${revisionId}`,
  export: (id: string): string => `export-${id}`,
  /** What somebody keeps at hand. */
  pin: (userId: string): string => `pin-${userId}`,
} as const;

/** Prefixes for filters over the whole log. */
export const streamPrefixes = {
  workspace: 'workspace-',
  contact: 'contact-',
  conversation: 'conversation-',
  tombstone: 'tombstone-',
  project: 'project-',
  insights: 'insights-',
  analysis: 'analysis-',
  revision: 'revision-',
  export: 'export-',
  pin: 'pin-',
} as const;
