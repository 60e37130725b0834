import { HarmonyError } from '@harmony/contracts';
import { newId, type Cause, type Clock } from '@harmony/kernel';
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

/** Every mutation of a GraphQL document, and of a socket, is a command of its own; only REST has repeats by key. */
function contextOf(context: ExecutionContext): RequestContext {
  if (context.getType<string>() !== 'graphql') return requestContextOf(context.switchToHttp().getRequest<object>());
  return { ...requestContextOf(context.getArgByIndex<{ req: object }>(2).req), commandId: newId() };
}

/** Injects the {@link RequestContext} into a controller or resolver method. */
export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context));

/** Injects the {@link Principal}; refuses an anonymous request with UNAUTHENTICATED. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requirePrincipal(contextOf(context)),
);
