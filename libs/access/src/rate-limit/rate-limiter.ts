import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DrawnPoints, type Draw, type Outcome } from './drawn-points.js';

export interface RateLimiterOptions {
  /** Keeps the counters of different limiters apart. */
  readonly name: string;
  /** Requests in one window. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** While the counters cannot be reached: let through (reads) or refuse (sign-in). Either way it is logged. */
  readonly whenUnavailable: 'open' | 'closed';
}

/** D9's default for an API key. */
export const defaultRequestLimit = { limit: 100, windowSeconds: 60 } as const;

export interface RateLimitFacts {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window starts anew. */
  readonly resetSeconds: number;
}

/** Where a limiter says that its store is down. A pino logger fits. */
export interface WarningLog {
  warn(facts: object, message: string): void;
}

/**
 * Counts requests in Postgres, so that every process shares the counters and a restart keeps them. Points are drawn from
 * there in blocks ({@link DrawnPoints}): exact within a process, never too generous over all of them.
 */
export class RateLimiter {
  private readonly limiter: RateLimiterPostgres;
  private readonly pointsOf = new Map<string, DrawnPoints>();
  private sweepAt = 0;

  constructor(
    pool: Pool,
    private readonly options: RateLimiterOptions,
    private readonly log: WarningLog,
  ) {
    this.limiter = new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'access',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: options.name,
      points: options.limit,
      duration: options.windowSeconds,
      // A caller that was refused is refused from memory until its window ends: a flood costs no statement.
      inMemoryBlockOnConsumed: options.limit + 1,
    });
  }

  /**
   * Counts one request of the key.
   * @returns what is left; undefined when the counters cannot be reached and the limiter is open.
   * @throws HarmonyError RATE_LIMITED with `retryAfterSeconds` and {@link RateLimitFacts} as facts;
   * DATABASE_UNAVAILABLE when the counters cannot be reached and the limiter is closed.
   */
  async consume(key: string): Promise<RateLimitFacts | undefined> {
    const outcome = await this.pointsFor(key)
      .take()
      .catch((cause: unknown) => this.withoutCounters(cause));
    if (!outcome) return undefined;
    const facts = this.factsOf(outcome);
    if (!outcome.given) throw this.refusal(facts);
    return facts;
  }

  /** Forgets what the key has used. */
  async reset(key: string): Promise<void> {
    await this.limiter.delete(key);
    this.pointsOf.delete(key);
  }

  private pointsFor(key: string): DrawnPoints {
    this.sweep();
    const points = this.pointsOf.get(key) ?? new DrawnPoints((wanted) => this.draw(key, wanted));
    this.pointsOf.set(key, points);
    return points;
  }

  /** Keys of past windows are forgotten, so that many strangers do not fill the memory. */
  private sweep(): void {
    const now = Date.now();
    if (now < this.sweepAt) return;
    this.sweepAt = now + this.options.windowSeconds * 1000;
    for (const [key, points] of this.pointsOf) if (points.isIdle) this.pointsOf.delete(key);
  }

  private async draw(key: string, wanted: number): Promise<Draw> {
    try {
      const { remainingPoints, msBeforeNext } = await this.limiter.consume(key, wanted);
      return { granted: wanted, left: remainingPoints, millisecondsToReset: msBeforeNext };
    } catch (outcome) {
      if (!(outcome instanceof RateLimiterRes)) throw outcome;
      return { granted: this.restOf(outcome, wanted), left: 0, millisecondsToReset: outcome.msBeforeNext };
    }
  }

  /** What a block that went over the limit still holds; nothing when the key was refused from memory. */
  private restOf({ consumedPoints }: RateLimiterRes, wanted: number): number {
    const over = consumedPoints - this.options.limit;
    return over > 0 ? Math.max(0, wanted - over) : 0;
  }

  private factsOf({ remaining, millisecondsToReset }: Outcome): RateLimitFacts {
    return { limit: this.options.limit, remaining, resetSeconds: Math.max(1, Math.ceil(millisecondsToReset / 1000)) };
  }

  private refusal(facts: RateLimitFacts): HarmonyError {
    return new HarmonyError('RATE_LIMITED', { retryAfterSeconds: facts.resetSeconds, facts: { ...facts } });
  }

  private withoutCounters(cause: unknown): undefined {
    const { name, whenUnavailable } = this.options;
    this.log.warn({ limiter: name, whenUnavailable, err: cause }, 'The counters of a rate limiter cannot be reached.');
    if (whenUnavailable === 'open') return undefined;
    throw new HarmonyError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 5, cause });
  }
}

/** The `RateLimit-*` headers of a reply (D9). */
export const rateLimitHeaders = ({ limit, remaining, resetSeconds }: RateLimitFacts): Record<string, string> => ({
  'RateLimit-Limit': String(limit),
  'RateLimit-Remaining': String(remaining),
  'RateLimit-Reset': String(resetSeconds),
});
