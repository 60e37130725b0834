import { derivedId } from '@harmony/kernel';

/** Id of the run of insights that a revision makes of a conversation, in its nth attempt, from 1. */
export const revisionRunId = (revisionId: string, conversationId: string, attempt: number): string =>
  derivedId(revisionId, 'insights-run', conversationId, attempt);
