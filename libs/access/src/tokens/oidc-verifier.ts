import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { tokenError } from './token-error.js';

export interface OidcOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** Claim that holds the workspace's id. */
  readonly workspaceClaim?: string;
  /** Every token of this provider belongs to this workspace; for installations with one workspace. */
  readonly workspaceId?: string;
  /** Seconds that the clocks may differ. */
  readonly clockToleranceSeconds?: number;
  /** Seconds between two fetches for unknown key ids. */
  readonly keyRefreshSeconds?: number;
}

/** Only signatures with public keys: a shared secret or no signature at all would let a caller forge tokens. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const refused = (detail: string): HarmonyError => new HarmonyError('UNAUTHENTICATED', { detail });

/** Checks tokens of an OpenID Connect provider against its published keys (JWKS). */
export class OidcVerifier {
  private readonly keys: JWTVerifyGetKey;

  constructor(
    private readonly options: OidcOptions,
    private readonly clock: Clock,
  ) {
    const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
      timeoutDuration: 5000,
      cooldownDuration: (options.keyRefreshSeconds ?? 10) * 1000,
    });
    this.keys = async (header, token) => keys(header, token).catch(rethrowAsUnavailable);
  }

  get issuer(): string {
    return this.options.issuer;
  }

  /**
   * @returns the verified email address and the workspace that the token is for.
   * @throws HarmonyError TOKEN_EXPIRED, UNAUTHENTICATED, or SIGN_IN_PROVIDER_UNAVAILABLE while the keys cannot be read.
   */
  async verify(token: string): Promise<{ email: string; workspaceId: string }> {
    const { issuer, audience, clockToleranceSeconds = 5 } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms,
        issuer,
        audience,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
        currentDate: this.clock.now(),
      });
      return { email: verifiedEmail(payload), workspaceId: this.workspaceOf(payload) };
    } catch (error) {
      if (error instanceof errors.JOSEError) throw tokenError(error);
      throw error;
    }
  }

  private workspaceOf(payload: JWTPayload): string {
    const { workspaceId, workspaceClaim = 'workspace_id' } = this.options;
    const claimed = z.uuid().safeParse(workspaceId ?? payload[workspaceClaim]);
    if (!claimed.success) throw refused('The token names no workspace.');
    return claimed.data;
  }
}

function verifiedEmail(payload: JWTPayload): string {
  const parsed = z.object({ email: z.email(), email_verified: z.literal(true) }).safeParse(payload);
  if (!parsed.success) throw refused('The token carries no verified email address.');
  return parsed.data.email;
}

/** A key that the provider does not publish is the token's fault; everything else means that we could not look. */
function rethrowAsUnavailable(error: unknown): never {
  const ofTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  if (ofTheToken.some((kind) => error instanceof kind)) throw error;
  throw new HarmonyError('SIGN_IN_PROVIDER_UNAVAILABLE', { retryAfterSeconds: 5, cause: error });
}
