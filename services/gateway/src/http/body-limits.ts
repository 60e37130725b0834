import { requestContextOf } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isUtf8 } from 'node:buffer';

/**
 * Bytes of a JSON body. A transcript may have 10 MB of text; escaping line breaks and quotes can double it on the wire.
 */
export const maximumBodyBytes = 21 * 1024 * 1024;

/** Enough to sign in; nobody unknown makes us read more. */
export const maximumAnonymousBodyBytes = 64 * 1024;

/** Bytes of a JSON body by path, for routes that take less than others. */
export type BodyLimits = Readonly<Record<string, number>>;

/** Text that is no UTF-8 would lose what it says when it is read as such. */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding === 'utf-8' && !isUtf8(body)) throw Object.assign(new Error('The body is not UTF-8.'), { status: 400 });
}

const json = 'application/json';
/** JSON with a name that says what it means (RFC 7396); a page of another site cannot send it unasked either. */
const mergePatch = 'application/merge-patch+json';

const parserFor = (limit: number): RequestHandler =>
  express.json({ limit, strict: false, type: [json, mergePatch], verify: requireUtf8 });
const parseJson = parserFor(maximumBodyBytes);
const parseAnonymousJson = parserFor(maximumAnonymousBodyBytes);

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** As routes are matched: without regard to case and a slash at the end. */
const pathOf = ({ path }: Request): string => path.toLowerCase().replace(/\/+$/, '');

/** Parses JSON bodies within the limit and refuses every other kind, so that nothing later sees an unparsed body. */
export function jsonBodies(limits: BodyLimits): RequestHandler {
  const parsers = new Map(Object.entries(limits).map(([path, limit]) => [path.toLowerCase(), parserFor(limit)]));
  return (request: Request, response: Response, next: NextFunction) => {
    if (hasBody(request) && !request.is(request.method === 'PATCH' ? [json, mergePatch] : json)) {
      next(new HarmonyError(request.path === '/graphql' ? 'CSRF_REFUSED' : 'UNSUPPORTED_MEDIA_TYPE'));
      return;
    }
    const isKnown = requestContextOf(request).principal;
    const parse = isKnown ? (parsers.get(pathOf(request)) ?? parseJson) : parseAnonymousJson;
    parse(request, response, next);
  };
}

/**
 * GraphQL over HTTP here is POST with a JSON object: no GET, no forms, no arrays. A browser cannot send that
 * across sites without asking first. Pages that a person opens in a browser pass. Answers are a person's own and are
 * never kept on the way.
 */
export const graphqlRequestShape: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
  response.setHeader('Cache-Control', 'no-store');
  const opensPage =
    request.method === 'GET' && request.accepts(['json', 'html']) === 'html' && !('query' in request.query);
  if (opensPage || request.method === 'OPTIONS') return next();
  if (request.method !== 'POST' || !request.is(json)) return next(new HarmonyError('CSRF_REFUSED'));
  if (Array.isArray(request.body)) return next(new HarmonyError('BATCHING_DISABLED'));
  next();
};
