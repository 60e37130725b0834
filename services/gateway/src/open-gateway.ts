import { RateLimiter } from '@harmony/access';
import { nestLogger } from '@harmony/observability';
import type { GatewayContext, RunningGateway } from '@harmony/runtime';
import { serveGateway } from './application.js';
import { correlationIdOf } from './http/correlation.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';

const pruneEveryMs = 60 * 60 * 1000;

/** Serves the api faces of all services with the backends and limits of this process. */
export async function openGateway(context: GatewayContext): Promise<RunningGateway> {
  const { services, backends, backendsModule, operations, address } = context;
  const { configuration, logger, access, database } = backends;
  const { limits, process, http } = configuration;
  const idempotency = new IdempotencyStore(database.worker);
  const gateway = await serveGateway(
    {
      descriptors: services,
      backends: backendsModule,
      limits: {
        maximumDepth: limits.graphqlDepth,
        maximumAliases: limits.graphqlAliases,
        maximumTokens: limits.graphqlTokens,
        maximumCost: limits.graphqlCost,
      },
      explorable: process.environment !== 'production',
      authenticator: access.authenticator,
      rateLimiter: new RateLimiter(
        database.worker,
        { name: 'requests', limit: limits.requestsPerMinute, windowSeconds: 60, whenUnavailable: 'open' },
        { warn: (facts, message) => logger.warn({ ...facts }, message) },
      ),
      idempotency,
      operations,
      logger: nestLogger(logger),
      report: (error, request) =>
        logger.error(
          { error, ...(request && { correlationId: correlationIdOf(request) }) },
          'unexpected error in a request',
        ),
      audit: (refusal) => logger.info({ ...refusal }, 'refused'),
      isAllowedOrigin: originsOf(http.publicUrl, http.allowedOrigins),
    },
    address,
  );
  const prune = (): void =>
    void idempotency.prune().catch((error: unknown) => logger.warn({ error }, 'old idempotency keys stay'));
  const timer = setInterval(prune, pruneEveryMs);
  return {
    url: gateway.url,
    close: async () => {
      clearInterval(timer);
      await gateway.close();
    },
  };
}

/** Pages served from this machine, from the public address and from the configured ones may use the API. */
export function originsOf(publicUrl: string | undefined, allowed: readonly string[]): (origin: string) => boolean {
  const known = new Set([...allowed, ...(publicUrl ? [new URL(publicUrl).origin] : [])]);
  return (origin) => known.has(origin) || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
}
