/** Names of streams. One stream is one consistency boundary (docs/architecture.md). */
export const streams = {
  workspace: (id: string): string => `workspace-${id}`,
  contact: (id: string): string => `contact-${id}`,
  conversation: (id: string): string => `conversation-${id}`,
  /** What stays of a conversation that was deleted. */
  tombstone: (id: string): string => `tombstone-${id}`,
} as const;

/** Prefixes for filters over the whole log. */
export const streamPrefixes = {
  workspace: 'workspace-',
  contact: 'contact-',
  conversation: 'conversation-',
  tombstone: 'tombstone-',
} as const;
