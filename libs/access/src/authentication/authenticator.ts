import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { decodeJwt } from 'jose';
import type { Principal } from '../principal.js';
import { isApiKey } from '../secrets/api-key.js';
import type { ApiKeySecrets } from '../secrets/api-key-secrets.js';
import type { LocalIssuer } from '../tokens/local-issuer.js';
import type { OidcVerifier } from '../tokens/oidc-verifier.js';
import { principalOfApiKey, type PrincipalResolver } from './principal-resolver.js';

export interface Credentials {
  /** The whole `Authorization` header. */
  readonly authorizationHeader: string | undefined;
  /** The `X-API-Key` header. */
  readonly apiKeyHeader: string | undefined;
}

const refused = (detail?: string): HarmonyError =>
  new HarmonyError('UNAUTHENTICATED', detail === undefined ? {} : { detail });

/**
 * Finds out who is asking, once a request. What was revoked or removed is refused at once by the process that did it, and
 * within a second by all others, which may remember a proof of an API key for a moment.
 */
export class Authenticator {
  constructor(
    private readonly apiKeys: ApiKeySecrets,
    private readonly localIssuer: LocalIssuer,
    private readonly principals: PrincipalResolver,
    private readonly clock: Clock,
    private readonly oidc?: OidcVerifier,
  ) {}

  /**
   * @throws HarmonyError UNAUTHENTICATED, TOKEN_EXPIRED (also for an expired key), or SIGN_IN_PROVIDER_UNAVAILABLE.
   */
  async authenticate({ authorizationHeader, apiKeyHeader }: Credentials): Promise<Principal> {
    if (authorizationHeader !== undefined && apiKeyHeader !== undefined) {
      throw refused('Send either an Authorization header or an X-API-Key header, not both.');
    }
    if (apiKeyHeader !== undefined) return this.byApiKey(apiKeyHeader);
    if (authorizationHeader !== undefined) return this.byToken(bearerOf(authorizationHeader));
    throw refused();
  }

  private async byApiKey(key: string): Promise<Principal> {
    const proved = isApiKey(key) ? await this.apiKeys.prove(key) : undefined;
    if (!proved) throw refused('The API key is not valid. It may have been deleted.');
    if (proved.expiresAt && proved.expiresAt <= this.clock.now()) {
      throw new HarmonyError('TOKEN_EXPIRED', { detail: 'The API key has expired. Create a new one.' });
    }
    return principalOfApiKey(proved);
  }

  private async byToken(token: string): Promise<Principal> {
    const principal = await this.resolve(token);
    if (!principal) throw refused('The token belongs to nobody in this workspace.');
    return principal;
  }

  private async resolve(token: string): Promise<Principal | undefined> {
    if (this.oidc && issuerOf(token) === this.oidc.issuer) {
      const { workspaceId, email } = await this.oidc.verify(token);
      return this.principals.ofEmail(workspaceId, email);
    }
    const { workspaceId, userId } = await this.localIssuer.verify(token);
    return this.principals.ofUserId(workspaceId, userId);
  }
}

function bearerOf(header: string): string {
  if (header.includes('lk_')) throw refused('An API key goes into the X-API-Key header, never into Authorization.');
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header.trim())?.[1];
  if (!token) throw refused('The Authorization header must be "Bearer" and an access token.');
  return token;
}

/** Only chooses who checks the token; the chosen one verifies the issuer together with the signature. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
