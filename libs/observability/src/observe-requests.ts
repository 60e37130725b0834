import type { IncomingMessage, ServerResponse } from 'node:http';
import { withCorrelation } from './correlation.js';
import type { Logger } from './logging/logger.js';
import type { Metrics } from './metrics/metrics.js';
import { inSpan } from './tracing/spans.js';

/** What Express adds to a request once a route has matched. */
interface Routed extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/**
 * Express middleware behind the one that sets the `X-Correlation-Id` header: counts, times, traces and logs every
 * request, and binds its correlation id to all that follows. Lines show the route's pattern, never the address asked for.
 */
export function observeRequests({ metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger }) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const started = performance.now();
    const correlationId = String(response.getHeader('x-correlation-id') ?? '');
    const method = request.method ?? '';
    const finish = (): void => {
      const labels = { method, route: routeOf(request), status: response.statusCode };
      const milliseconds = performance.now() - started;
      metrics.httpRequest(labels, milliseconds / 1000);
      logger.debug({ ...labels, milliseconds: Math.round(milliseconds) }, 'request');
    };
    withCorrelation(correlationId, () => {
      const ended = new Promise<void>((resolve) => response.once('close', resolve));
      response.once('close', () => withCorrelation(correlationId, finish));
      void inSpan(`HTTP ${method}`, { 'http.request.method': method }, async (span) => {
        next();
        await ended;
        span?.setAttributes({ 'http.route': routeOf(request), 'http.response.status_code': response.statusCode });
      });
    });
  };
}

function routeOf({ baseUrl, route }: Routed): string {
  return typeof route?.path === 'string' ? `${baseUrl ?? ''}${route.path}` : baseUrl || 'unmatched';
}
