import { HarmonyError } from '@harmony/contracts';
import type { IncomingMessage } from 'node:http';
import type { AddressGuard } from '../address/address-guard.js';
import { exchange, type OutboundRequest } from './exchange.js';
import type { OutboundLimits } from './limits.js';

export interface Answer {
  /** That answered at last. */
  readonly url: URL;
  readonly message: IncomingMessage;
}

interface Following {
  readonly guard: AddressGuard;
  readonly limits: Pick<OutboundLimits, 'headMs' | 'redirects'>;
  readonly signal: AbortSignal;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Asks, and asks on where the answer leads; every address on the way is checked before anything connects to it. */
export async function follow(
  start: string,
  request: OutboundRequest,
  { guard, limits, signal }: Following,
): Promise<Answer> {
  let next: string | URL = start;
  for (let redirects = 0; redirects <= limits.redirects; redirects += 1) {
    const checked = await guard.check(next);
    const message = await exchange(checked, request, { headMs: limits.headMs, signal });
    const target = request.method === 'POST' ? undefined : targetOf(message, checked.url);
    if (!target) return { url: checked.url, message };
    message.destroy();
    next = target;
  }
  throw new HarmonyError('TOO_MANY_REDIRECTS');
}

function targetOf({ statusCode = 0, headers: { location } }: IncomingMessage, base: URL): URL | undefined {
  if (!redirectStatuses.has(statusCode) || location === undefined) return undefined;
  if (!URL.canParse(location, base.href)) throw new HarmonyError('URL_NOT_ACCESSIBLE');
  return new URL(location, base);
}
