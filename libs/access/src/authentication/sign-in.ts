import { HarmonyError } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import type { RateLimiter } from '../rate-limit/rate-limiter.js';
import { once } from '../secrets/once.js';
import { hashPassword, passwordFits, type HashedPassword } from '../secrets/password.js';
import type { Passwords } from '../secrets/passwords.js';
import type { AccessToken, LocalIssuer } from '../tokens/local-issuer.js';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Needed only by somebody who has the same password in two workspaces. */
  readonly workspaceId?: string;
}

export interface SignedIn extends AccessToken {
  readonly userId: string;
  readonly workspaceId: string;
}

/** Attempts for one email address in one window; a success starts the count anew. */
export const signInAttempts = { limit: 10, windowSeconds: 900 } as const;

/** The local sign-in with email and password. */
export class SignIn {
  private readonly decoy: () => Promise<HashedPassword>;

  constructor(
    private readonly passwords: Passwords,
    private readonly issuer: LocalIssuer,
    private readonly attempts: RateLimiter,
  ) {
    this.decoy = once(() => hashPassword('', passwords.cost));
  }

  /**
   * @throws HarmonyError INVALID_CREDENTIALS, the same and after the same work whether the email, the password or both
   * are wrong; RATE_LIMITED after {@link signInAttempts}.
   */
  async signIn({ email, password, workspaceId }: SignInRequest): Promise<SignedIn> {
    const attemptsKey = createHash('sha256').update(email.toLowerCase()).digest('hex');
    await this.attempts.consume(attemptsKey);
    const candidates = await this.passwords.ofEmail(email, workspaceId);
    const fitting = [];
    for (const candidate of candidates) {
      if (await passwordFits(password, candidate.password)) fitting.push(candidate);
    }
    if (candidates.length === 0) await passwordFits(password, await this.decoy());
    const user = onlyOne(fitting);
    await this.attempts.reset(attemptsKey);
    return {
      ...(await this.issuer.issue(user.userId, user.workspaceId)),
      userId: user.userId,
      workspaceId: user.workspaceId,
    };
  }
}

function onlyOne<Candidate>(fitting: readonly Candidate[]): Candidate {
  const [user, another] = fitting;
  if (!user) throw new HarmonyError('INVALID_CREDENTIALS');
  if (!another) return user;
  const detail = 'You have an account in several workspaces. Name the one to sign in to.';
  throw new HarmonyError('INVALID_INPUT', { detail, errors: [{ pointer: '/workspaceId', detail }] });
}
