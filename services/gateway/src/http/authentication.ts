import { attachRequestContext, type Credentials, type Principal } from '@harmony/access';
import { newId } from '@harmony/kernel';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { commandIdOf } from '../idempotency/idempotency-key.js';
import { correlationIdOf } from './correlation.js';

/** Resolves who is asking. @throws HarmonyError UNAUTHENTICATED or TOKEN_EXPIRED for credentials that do not hold. */
export interface RequestAuthenticator {
  authenticate(credentials: Credentials): Promise<Principal>;
}

const isAnonymous = ({ authorizationHeader, apiKeyHeader }: Credentials): boolean =>
  authorizationHeader === undefined && apiKeyHeader === undefined;

/**
 * Authenticates once a request. Without credentials the request goes on anonymously and whatever needs a principal
 * refuses it; with bad ones it ends here.
 */
export const authenticateRequests =
  (authenticator: RequestAuthenticator): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    // Caches on the way know that answers to Authorization are nobody else's, but not what X-API-Key means.
    response.setHeader('Cache-Control', 'private, no-cache');
    const credentials = { authorizationHeader: request.get('Authorization'), apiKeyHeader: request.get('X-API-Key') };
    const principal = isAnonymous(credentials) ? Promise.resolve(undefined) : authenticator.authenticate(credentials);
    principal
      .then((resolved) => {
        const commandId = commandIdOf(request, resolved?.workspaceId);
        attachRequestContext(request, { principal: resolved, correlationId: correlationIdOf(request), commandId });
      })
      .then(() => next(), next);
  };

/** The same for a WebSocket, whose credentials come in the first message (`connectionParams`), since browsers set no headers there. */
export async function authenticateSocket(
  authenticator: RequestAuthenticator,
  request: IncomingMessage,
  parameters: Readonly<Record<string, unknown>> | undefined,
): Promise<Principal | undefined> {
  const text = (name: string): string | undefined => {
    const value = parameters?.[name] ?? request.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : undefined;
  };
  const credentials = {
    authorizationHeader: text('authorization') ?? text('Authorization'),
    apiKeyHeader: text('X-API-Key') ?? text('x-api-key'),
  };
  const principal = isAnonymous(credentials) ? undefined : await authenticator.authenticate(credentials);
  attachRequestContext(request, { principal, correlationId: correlationIdOf(request), commandId: newId() });
  return principal;
}
