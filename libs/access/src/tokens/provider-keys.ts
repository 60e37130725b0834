import { HarmonyError } from '@harmony/contracts';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { once } from '../secrets/once.js';

export interface ProviderKeysOptions {
  readonly issuer: string;
  /** Absent: what the provider's discovery document names. */
  readonly jwksUrl?: string | undefined;
  /** Seconds between two fetches for key ids that nobody has heard of. */
  readonly keyRefreshSeconds?: number;
}

const timeLimitMs = 5000;

const unavailable = (cause: unknown): HarmonyError =>
  new HarmonyError('SIGN_IN_PROVIDER_UNAVAILABLE', { retryAfterSeconds: 5, cause });

/**
 * The keys that a provider publishes, fetched when first needed and again when a token names a new one.
 * @throws HarmonyError SIGN_IN_PROVIDER_UNAVAILABLE from the returned function while they cannot be fetched.
 */
export function providerKeys(options: ProviderKeysOptions): JWTVerifyGetKey {
  const keySet = once(async () => {
    const url = options.jwksUrl ?? (await discoverJwksUrl(options.issuer));
    const cooldownDuration = (options.keyRefreshSeconds ?? 10) * 1000;
    return createRemoteJWKSet(new URL(url), { timeoutDuration: timeLimitMs, cooldownDuration });
  });
  return async (header, token) => {
    try {
      return await (
        await keySet()
      )(header, token);
    } catch (error) {
      throw isOfTheToken(error) ? error : unavailable(error);
    }
  };
}

/** A key that the provider does not publish is the token's fault; everything else means that we could not look. */
const isOfTheToken = (error: unknown): boolean =>
  [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some(
    (kind) => error instanceof kind,
  );

/** OpenID Connect Discovery 1.0, section 4; the document must be the issuer's own. */
async function discoverJwksUrl(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(timeLimitMs), redirect: 'error' });
  if (!response.ok) throw new Error(`Discovery answered ${response.status}.`);
  return z.object({ issuer: z.literal(issuer), jwks_uri: z.url() }).parse(await response.json()).jwks_uri;
}
