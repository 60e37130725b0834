import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import type { Pool } from 'pg';
import { Authenticator } from './authentication/authenticator.js';
import { PrincipalResolver } from './authentication/principal-resolver.js';
import { SignIn, signInAttempts } from './authentication/sign-in.js';
import { PostgresDirectory } from './directory/postgres-directory.js';
import { RateLimiter, type WarningLog } from './rate-limit/rate-limiter.js';
import { ApiKeySecrets } from './secrets/api-key-secrets.js';
import type { ScryptCost } from './secrets/password.js';
import { Passwords } from './secrets/passwords.js';
import { FileSigner } from './tokens/file-signer.js';
import { LocalIssuer } from './tokens/local-issuer.js';
import { OidcVerifier, type OidcOptions } from './tokens/oidc-verifier.js';
import { SigningKeys } from './tokens/signing-keys.js';

export interface AccessBackends {
  /** Under the worker role. */
  readonly pool: Pool;
  readonly database: ScopedDatabase;
  readonly clock: Clock;
  readonly log: WarningLog;
  /** Absent: only the local sign-in. */
  readonly oidc?: OidcOptions;
  /** How long tokens of the local sign-in live; an hour unless told. */
  readonly accessTokenSeconds?: number;
  /** For tests; the default is what a server should use. */
  readonly scryptCost?: ScryptCost;
}

/** Everything about access in one process, wired. */
export interface Access {
  readonly directory: PostgresDirectory;
  readonly authenticator: Authenticator;
  readonly principals: PrincipalResolver;
  readonly signIn: SignIn;
  readonly apiKeys: ApiKeySecrets;
  readonly passwords: Passwords;
  readonly signingKeys: SigningKeys;
  readonly fileSigner: FileSigner;
}

export function createAccess({
  pool,
  database,
  clock,
  log,
  oidc,
  accessTokenSeconds,
  scryptCost,
}: AccessBackends): Access {
  const apiKeys = new ApiKeySecrets(pool, clock);
  const passwords = new Passwords(pool, scryptCost);
  const signingKeys = new SigningKeys(pool);
  const issuer = new LocalIssuer(signingKeys, clock, accessTokenSeconds);
  const verifier = oidc && new OidcVerifier(oidc, clock);
  const principals = new PrincipalResolver(database);
  const attempts = new RateLimiter(pool, { name: 'sign-in', ...signInAttempts, whenUnavailable: 'closed' }, log);
  return {
    directory: new PostgresDirectory(database),
    authenticator: new Authenticator(apiKeys, issuer, principals, clock, verifier),
    principals,
    signIn: new SignIn(passwords, issuer, attempts),
    apiKeys,
    passwords,
    signingKeys,
    fileSigner: new FileSigner(signingKeys, clock),
  };
}
