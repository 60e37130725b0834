import { requestContextOf, type Principal } from '@harmony/access';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** What a client is told of its budget; becomes the `RateLimit-*` headers. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** Counts a request against its principal's budget. @throws HarmonyError RATE_LIMITED with `retryAfterSeconds`. */
export interface RequestRateLimiter {
  consume(principal: Principal): Promise<RateLimitState | undefined>;
}

/** Applies the budget of D9 to every authenticated request and shows it in the headers. */
export const rateLimit =
  (limiter: RequestRateLimiter): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const { principal } = requestContextOf(request);
    const state = principal ? limiter.consume(principal) : Promise.resolve(undefined);
    state
      .then((budget) => {
        if (!budget) return;
        response.setHeader('RateLimit-Limit', String(budget.limit));
        response.setHeader('RateLimit-Remaining', String(budget.remaining));
        response.setHeader('RateLimit-Reset', String(budget.resetSeconds));
      })
      .then(() => next(), next);
  };
