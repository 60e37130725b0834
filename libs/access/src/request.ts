import { HarmonyError } from '@harmony/contracts';
import type { Cause, Clock } from '@harmony/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { actorOf, type Principal } from './principal.js';

/** What the gateway knows of a request after authenticating it, once. */
export interface RequestContext {
  readonly principal: Principal | undefined;
  readonly correlationId: string;
  /** Equal for a repeat with the same Idempotency-Key, so that everything derived from it is equal too. */
  readonly commandId: string;
}

const contexts = new WeakMap<object, RequestContext>();

/** Called by the gateway's authentication only. `request` is the HTTP request, or the one that opened the WebSocket. */
export const attachRequestContext = (request: object, context: RequestContext): void => {
  contexts.set(request, context);
};

/** @throws HarmonyError UNAUTHENTICATED for a request that the gateway has not seen. */
export function requestContextOf(request: object): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new HarmonyError('UNAUTHENTICATED');
  return context;
}

/** @throws HarmonyError UNAUTHENTICATED for an anonymous request. */
export function requirePrincipal(context: RequestContext): Principal {
  if (!context.principal) throw new HarmonyError('UNAUTHENTICATED');
  return context.principal;
}

/** The cause of everything that this request leads to. */
export function causeOf(context: RequestContext, clock: Clock): Cause {
  const principal = requirePrincipal(context);
  return {
    causationId: context.commandId,
    correlationId: context.correlationId,
    workspaceId: principal.workspaceId,
    actor: actorOf(principal),
    occurredAt: clock.now().toISOString(),
  };
}

function requestOf(context: ExecutionContext): object {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<object>();
  return context.getArgByIndex<{ req: object }>(2).req;
}

/** Injects the {@link RequestContext} into a controller or resolver method. */
export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requestContextOf(requestOf(context)),
);

/** Injects the {@link Principal}; refuses an anonymous request with UNAUTHENTICATED. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requirePrincipal(requestContextOf(requestOf(context))),
);
