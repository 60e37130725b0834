import { errorKind, HarmonyError } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { JobContext } from '@harmony/messaging';
import { isGone } from '../streams/unless-deleted.js';

/** Whether a question stays without an answer: asking again would not help, or was tried often enough. */
export function isUnanswered(error: unknown, { signal, lastAttempt }: JobContext): boolean {
  if (isGone(error) || signal.aborted) return false;
  return lastAttempt || isFinal(error);
}

function isFinal(error: unknown): boolean {
  const kind = errorKind(error);
  return (kind === 'rejected' && !isConflict(error)) || (kind === 'poison' && error instanceof HarmonyError);
}
