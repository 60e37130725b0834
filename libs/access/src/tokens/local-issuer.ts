import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { errors, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import { z } from 'zod';
import { isUuid } from '../ids.js';
import { signingAlgorithm, type SigningKeys } from './signing-keys.js';
import { tokenError } from './token-error.js';

export const localIssuerName = 'harmony';
const audience = 'harmony-api';
/** How long an access token lives unless the configuration says otherwise. */
export const defaultAccessTokenSeconds = 3600;

const claims = z.object({ sub: z.uuid(), workspace_id: z.uuid() });

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** Issues and checks the access tokens of the local sign-in. */
export class LocalIssuer {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    private readonly lifetimeSeconds: number = defaultAccessTokenSeconds,
  ) {}

  async issue(userId: string, workspaceId: string): Promise<AccessToken> {
    const { kid, privateKey } = await this.keys.current();
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const accessToken = await new SignJWT({ workspace_id: workspaceId })
      .setProtectedHeader({ alg: signingAlgorithm, kid, typ: 'at+jwt' })
      .setIssuer(localIssuerName)
      .setAudience(audience)
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.lifetimeSeconds)
      .sign(privateKey);
    return { accessToken, expiresAt: new Date((issuedAt + this.lifetimeSeconds) * 1000) };
  }

  /** @throws HarmonyError TOKEN_EXPIRED or UNAUTHENTICATED. */
  async verify(token: string): Promise<{ userId: string; workspaceId: string }> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
        algorithms: [signingAlgorithm],
        issuer: localIssuerName,
        audience,
        typ: 'at+jwt',
        requiredClaims: ['exp'],
        currentDate: this.clock.now(),
      });
      const { sub, workspace_id: workspaceId } = claims.parse(payload);
      return { userId: sub, workspaceId };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw tokenError(error);
      throw error;
    }
  }

  private async keyOf(kid: string | undefined): Promise<CryptoKey> {
    const key = kid !== undefined && isUuid(kid) ? await this.keys.byKid(kid) : undefined;
    if (!key) throw new HarmonyError('UNAUTHENTICATED', { detail: 'The access token is signed by an unknown key.' });
    return key;
  }
}
