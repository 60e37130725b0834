import { newId } from '@harmony/kernel';
import type { NextFunction, Request, Response } from 'express';

export const correlationHeader = 'X-Correlation-Id';

const wellFormed = /^[\w.:-]{1,100}$/;
const ids = new WeakMap<object, string>();

/** The correlation id of a request; the caller's own when it is well formed. */
export function correlationIdOf(request: object): string {
  const existing = ids.get(request);
  if (existing) return existing;
  const id = newId();
  ids.set(request, id);
  return id;
}

/** Gives every request a correlation id and tells the caller which. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const offered = request.get(correlationHeader);
  if (offered && wellFormed.test(offered)) ids.set(request, offered);
  response.setHeader(correlationHeader, correlationIdOf(request));
  next();
}
