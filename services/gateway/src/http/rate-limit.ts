import { rateLimitHeaders, requestContextOf, type Principal, type RateLimitFacts } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** Counts a request against a budget. @throws HarmonyError RATE_LIMITED with the budget as facts. */
export interface RequestRateLimiter {
  consume(key: string): Promise<RateLimitFacts | undefined>;
}

const factsSchema = z.object({ limit: z.number(), remaining: z.number(), resetSeconds: z.number() });

const budgetOf = ({ kind, id }: Principal): string => `${kind}:${id}`;

/** Applies the budget of D9 to every authenticated request and shows it in the headers, also of a refusal. */
export const rateLimit =
  (limiter: RequestRateLimiter): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const { principal } = requestContextOf(request);
    if (!principal) return next();
    count(limiter, principal, response).then(() => next(), next);
  };

async function count(limiter: RequestRateLimiter, principal: Principal, response: Response): Promise<void> {
  try {
    const facts = await limiter.consume(budgetOf(principal));
    if (facts) response.set(rateLimitHeaders(facts));
  } catch (error) {
    const facts = error instanceof HarmonyError ? factsSchema.safeParse(error.facts) : undefined;
    if (facts?.success) response.set(rateLimitHeaders(facts.data));
    throw error;
  }
}
