import { createAccess, type Access, type OidcOptions } from '@harmony/access';
import type { Configuration } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import type { Database } from '@harmony/read-model';
import type { Host } from './backends.js';

/** Sign-in, keys and directory as the configuration has them. */
export function openAccess({ configuration, clock, logger }: Host, database: Database): Access {
  const oidc = oidcOptions(configuration.signIn);
  return createAccess({
    pool: database.worker,
    database: database.scoped,
    clock,
    log: { warn: (facts, message) => logger.warn({ ...facts }, message) },
    accessTokenSeconds: configuration.signIn.tokenMinutes * 60,
    ...(oidc ? { oidc } : {}),
  });
}

function oidcOptions(signIn: Configuration['signIn']): OidcOptions | undefined {
  const { issuer, audience, jwksUrl, emailClaim, workspaceClaim, workspaceId } = signIn;
  if (issuer === undefined) return undefined;
  if (audience === undefined) throw new HarmonyError('INVALID_CONFIGURATION');
  return { issuer, audience, jwksUrl, emailClaim, workspaceClaim, ...(workspaceId ? { workspaceId } : {}) };
}
