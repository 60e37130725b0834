import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { providerKeys, type ProviderKeysOptions } from './provider-keys.js';
import { tokenError } from './token-error.js';

export interface OidcOptions extends ProviderKeysOptions {
  readonly audience: string;
  /** Claim with the email address, `email` unless told; `email_verified` must be true beside it. */
  readonly emailClaim?: string;
  /** Claim with the workspace's id, `workspace_id` unless told. */
  readonly workspaceClaim?: string;
  /** Every token of this provider belongs to this workspace; for installations with one workspace. */
  readonly workspaceId?: string;
  /** Seconds that the clocks may differ. */
  readonly clockToleranceSeconds?: number;
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
    this.keys = providerKeys(options);
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
      return { email: this.emailOf(payload), workspaceId: this.workspaceOf(payload) };
    } catch (error) {
      if (error instanceof errors.JOSEError) throw tokenError(error);
      throw error;
    }
  }

  private emailOf(payload: JWTPayload): string {
    const email = z.email().safeParse(payload[this.options.emailClaim ?? 'email']);
    if (!email.success || payload['email_verified'] !== true) {
      throw refused('The token carries no verified email address.');
    }
    return email.data;
  }

  private workspaceOf(payload: JWTPayload): string {
    const { workspaceId, workspaceClaim = 'workspace_id' } = this.options;
    const claimed = z.uuid().safeParse(workspaceId ?? payload[workspaceClaim]);
    if (!claimed.success) throw refused('The token names no workspace.');
    return claimed.data;
  }
}
