import type { Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import { Module } from '@nestjs/common';
import { serveGateway, type RunningGateway } from '../application.js';
import type { Refusal } from '../http/audit.js';
import type { IdempotencyStore } from '../idempotency/idempotency-store.js';
import { sampleService } from './sample-service.js';

@Module({})
class NoBackends {}

/** What the sample gateway wrote into its audit. */
export const refusals: Refusal[] = [];

/** Keys that were good once. */
export const revoked = new Set<string>();

/** Teams of the caller, who may be moved to others. */
export const teamIds = new Set<string>();

/** The only key that the sample gateway knows. */
export const validKey = 'valid';

export const samplePrincipal: Principal = {
  kind: 'API_KEY',
  id: 'key-1',
  userId: '7e57e57e-0000-4000-8000-000000000001',
  workspaceId: '7e57e57e-0000-4000-8000-000000000002',
  roleId: '7e57e57e-0000-4000-8000-000000000003',
  permissions: new Set(),
  teamIds: [],
};

/** A gateway over the sample service, with the real HTTP stack and no database. */
export function serveSampleGateway(
  idempotency: Pick<IdempotencyStore, 'claim' | 'complete' | 'release'>,
): Promise<RunningGateway> {
  return serveGateway(
    {
      descriptors: [sampleService],
      backends: { module: NoBackends },
      limits: { maximumDepth: 6, maximumAliases: 15, maximumTokens: 1000, maximumCost: 5000 },
      explorable: true,
      authenticator: {
        authenticate: async ({ apiKeyHeader }) => {
          if (apiKeyHeader !== validKey || revoked.has(apiKeyHeader)) throw new HarmonyError('UNAUTHENTICATED');
          return { ...samplePrincipal, teamIds: [...teamIds] };
        },
      },
      rateLimiter: { consume: async () => ({ limit: 100, remaining: 99, resetSeconds: 60 }) },
      idempotency,
      operations: [],
      logger: false,
      report: () => undefined,
      audit: (refusal) => refusals.push(refusal),
      isAllowedOrigin: (origin) => origin === 'http://localhost',
    },
    { host: '127.0.0.1', port: 0 },
  );
}
