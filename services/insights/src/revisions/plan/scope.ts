import { conversationStatuses, type ConversationStatus, type RevisionInput } from '@harmony/contracts';

/** Which conversations a revision looks at. */
export interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly from: string;
  /** Excluded. */
  readonly to: string;
  readonly statuses: readonly ConversationStatus[];
}

/** Those that are named; else every incomplete one, and completed ones too where they are asked for (F26 to F28). */
export function statusesOf({
  statuses,
  includeCompleted,
}: Pick<RevisionInput, 'statuses' | 'includeCompleted'>): readonly ConversationStatus[] {
  if (statuses.length > 0) return statuses;
  return conversationStatuses.filter(
    (status) => includeCompleted || (status !== 'COMPLETED' && status !== 'COMPLETED_WITH_ERRORS'),
  );
}

export const scopeOf = (workspaceId: string, { projectId, from, to, ...input }: RevisionInput): Scope => ({
  ...{ workspaceId, projectId, from, to },
  statuses: statusesOf(input),
});
