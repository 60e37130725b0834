import { HarmonyError } from '@harmony/contracts';
import { derivedId, newId } from '@harmony/kernel';
import type { Request } from 'express';

const mutating = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const wellFormed = /^[\x21-\x7e]{1,255}$/;

/** Method and path: the same key on another route is another request. */
export const routeOf = (request: Request): string => `${request.method} ${request.path}`;

/**
 * The Idempotency-Key of a mutating REST call.
 * @throws HarmonyError IDEMPOTENCY_KEY_INVALID
 */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('Idempotency-Key');
  if (key === undefined || !mutating.has(request.method) || request.path === '/graphql') return undefined;
  if (!wellFormed.test(key)) throw new HarmonyError('IDEMPOTENCY_KEY_INVALID');
  return key;
}

/** Equal for equal keys of one workspace and route, so that whatever derives from it is equal too; else fresh. */
export function commandIdOf(request: Request, workspaceId: string | undefined): string {
  const key = workspaceId && idempotencyKeyOf(request);
  return key ? derivedId('idempotency-key', workspaceId, routeOf(request), key) : newId();
}
