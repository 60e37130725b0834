import { HarmonyError } from '@harmony/contracts';
import { errors } from 'jose';

const malformed = 'The access token is not valid. Sign in again.';

/** What is wrong with a token, without saying more than its bearer needs. */
export function tokenError(cause: unknown): HarmonyError {
  if (cause instanceof HarmonyError) return cause;
  if (cause instanceof errors.JWTExpired) return new HarmonyError('TOKEN_EXPIRED', { cause });
  return new HarmonyError('UNAUTHENTICATED', { detail: malformed, cause });
}
