import { HarmonyError } from '@harmony/contracts';
import { requestContextOf } from '@harmony/access';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { asHarmonyError, problemContentType, problemOf } from '../http/problem-details.js';
import { correlationIdOf } from '../http/correlation.js';
import { idempotencyKeyOf, routeOf } from './idempotency-key.js';
import type { IdempotencyIdentity, IdempotencyStore, StoredAnswer } from './idempotency-store.js';

/** Answers a repeat of a mutating REST call with the first answer; a refusal counts as an answer, a failure of ours does not. */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly store: Pick<IdempotencyStore, 'claim' | 'complete' | 'release'>) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const identity = identityOf(request);
    if (!identity) return next.handle();
    return from(this.once(identity, request, context.switchToHttp().getResponse<Response>(), next));
  }

  private async once(
    identity: IdempotencyIdentity,
    request: Request,
    response: Response,
    next: CallHandler,
  ): Promise<unknown> {
    const earlier = await this.store.claim(identity);
    if (earlier) return replay(earlier, response);
    const answer = await this.run(identity, request, response, next);
    await this.store.complete(identity, answer);
    return answer.status >= 400 ? replay(answer, response) : answer.body;
  }

  private async run(
    identity: IdempotencyIdentity,
    request: Request,
    response: Response,
    next: CallHandler,
  ): Promise<StoredAnswer> {
    try {
      const body: unknown = await lastValueFrom(next.handle());
      return { status: response.statusCode, body };
    } catch (error) {
      const known = asHarmonyError(error);
      if (known.kind === 'rejected') return { status: known.status, body: problemOf(known, correlationIdOf(request)) };
      await this.store.release(identity);
      throw error;
    }
  }
}

function replay(answer: StoredAnswer, response: Response): unknown {
  response.status(answer.status);
  if (answer.status >= 400) response.type(problemContentType);
  return answer.body;
}

/** Undefined for a request that is not repeated by a key. Another caller, and another body, make it another request. */
export function identityOf(request: Request): IdempotencyIdentity | undefined {
  const key = idempotencyKeyOf(request);
  if (!key) return undefined;
  const { principal } = requestContextOf(request);
  if (!principal) throw new HarmonyError('UNAUTHENTICATED');
  // A body that is read only as it comes is told apart by its length at least.
  const body: unknown = request.body ?? { bytes: Number(request.get('Content-Length') ?? 0) };
  const requestSha256 = createHash('sha256')
    .update(JSON.stringify([principal.userId, body]))
    .digest('hex');
  return { workspaceId: principal.workspaceId, route: routeOf(request), key, requestSha256 };
}
