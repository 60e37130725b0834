import { requestContextOf } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Lets bodies of these routes (`PUT /v1/things/:id`) through unread, but from nobody unknown; gives every other request to
 * the parser.
 */
export function streamedBodiesOr(routes: readonly string[], parse: RequestHandler): RequestHandler {
  const patterns = routes.map((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}/?$`, 'i'));
  return (request: Request, response: Response, next: NextFunction) => {
    const route = `${request.method} ${request.path}`;
    if (!patterns.some((pattern) => pattern.test(route))) return void parse(request, response, next);
    if (requestContextOf(request).principal) return next();
    request.resume();
    next(new HarmonyError('UNAUTHENTICATED'));
  };
}
