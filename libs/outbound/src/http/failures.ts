import { HarmonyError } from '@harmony/contracts';
import type { IncomingHttpHeaders } from 'node:http';

/** May pass by itself; the detail names neither the host nor what it said. */
export const interrupted = (detail: string, cause?: unknown): HarmonyError =>
  cause instanceof HarmonyError ? cause : new HarmonyError('URL_UNAVAILABLE', { detail, cause });

const busyStatuses = new Set([408, 425, 429]);
const longestWaitSeconds = 3_600;

/** What an answer other than the wanted one means: the server's trouble, or that we may not have it. */
export function failureOf(status: number, headers: IncomingHttpHeaders): HarmonyError {
  if (status < 500 && !busyStatuses.has(status)) return new HarmonyError('URL_NOT_ACCESSIBLE', { facts: { status } });
  const asked = Number(headers['retry-after']);
  const retryAfter = asked > 0 ? { retryAfterSeconds: Math.min(Math.ceil(asked), longestWaitSeconds) } : {};
  return new HarmonyError('URL_UNAVAILABLE', { ...retryAfter, facts: { status } });
}
