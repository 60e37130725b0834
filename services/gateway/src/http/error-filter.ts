import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { auditRefusal, type Audit } from './audit.js';
import { asHarmonyError, problemContentType, problemOf } from './problem-details.js';
import { correlationIdOf } from './correlation.js';

/** Writes an error as the face of Harmony that was asked expects it: GraphQL errors on /graphql, problem details elsewhere. */
export function writeError(error: unknown, request: Request, response: Response, audit: Audit): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(error, correlationIdOf(request));
  auditRefusal(audit, problem.code, request);
  const known = asHarmonyError(error);
  const retryAfterSeconds = known.retryAfterSeconds ?? (known.kind === 'retriable' ? 1 : undefined);
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(Math.ceil(retryAfterSeconds)));
  response.status(problem.status);
  if (request.path === '/graphql') {
    const { code, detail: message, errors } = problem;
    response.json({ errors: [{ message, extensions: { code, ...(errors && { errors }) } }] });
  } else {
    response.type(problemContentType).send(JSON.stringify(problem));
  }
}

/** Nest's last word on an error of a REST controller; resolvers report through Apollo instead. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly report: (error: unknown, request: Request) => void,
    private readonly audit: Audit,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    if (asHarmonyError(error).kind === 'bug') this.report(error, request);
    writeError(error, request, http.getResponse<Response>(), this.audit);
  }
}
