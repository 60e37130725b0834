import { errorKind, type ErrorKind } from '@harmony/contracts';
import { backoffMs, type BackoffOptions } from '@harmony/kernel';

/** Both bounds hold: whichever is reached first ends the retries. */
export interface RetryBudget {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** Milliseconds since the first try. */
  readonly ageMs: number;
}

export interface RetryPolicy extends BackoffOptions {
  /** For what may pass by itself: an outage of minutes should not fill the dead letters. */
  readonly retriable: RetryBudget;
  /** For what is probably wrong in the code or in the order of things. */
  readonly bug: RetryBudget;
}

export const defaultRetryPolicy: RetryPolicy = {
  firstMs: 100,
  maximumMs: 10_000,
  retriable: { attempts: 100, ageMs: 15 * 60_000 },
  bug: { attempts: 5, ageMs: 60_000 },
};

/** What happened so far to the message that failed. */
export interface Failure {
  readonly error: unknown;
  readonly attempt: number;
  readonly ageMs: number;
}

/** Milliseconds to wait before the next try, or the end of trying. Decided by the class of the error, never by its text. */
export function judge(failure: Failure, policy: RetryPolicy, random?: () => number): number | 'dead-letter' {
  const budget = budgetOf(errorKind(failure.error), policy);
  if (!budget || failure.attempt >= budget.attempts || failure.ageMs >= budget.ageMs) return 'dead-letter';
  return backoffMs(failure.attempt, policy, random);
}

function budgetOf(kind: ErrorKind, policy: RetryPolicy): RetryBudget | undefined {
  switch (kind) {
    case 'poison':
      return undefined;
    case 'retriable':
      return policy.retriable;
    // A refusal may be a lost race: deciding again settles it, and where it does not, the small budget ends it.
    case 'rejected':
    case 'bug':
      return policy.bug;
  }
}
