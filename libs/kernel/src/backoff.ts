export interface BackoffOptions {
  readonly firstMs: number;
  readonly maximumMs: number;
}

/**
 * Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): uniformly between 0 and
 * min(maximum, first * 2^(attempt-1)). `attempt` counts from 1; `random` is in [0, 1).
 */
export function backoffMs(attempt: number, options: BackoffOptions, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(options.maximumMs, options.firstMs * 2 ** (attempt - 1)));
}
