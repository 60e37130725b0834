import type { EventDataOf, InsightBudget } from '@harmony/contracts';

/** What one hour (UTC) cost a workspace. */
export interface HourlySpending {
  /** When it began. */
  readonly hour: Date;
  readonly calls: number;
  readonly tokens: number;
  readonly costMicros: number;
}

const hourMs = 3_600_000;
const windowMs = 24 * hourMs;

/** Spending is known by the hour; one counts until all of it is 24 hours ago. */
export const windowStart = (now: Date): Date => new Date(now.getTime() - windowMs - hourMs + 1);

const limits = [
  { limit: 'CALLS', of: 'calls' },
  { limit: 'TOKENS', of: 'tokens' },
  { limit: 'COST', of: 'costMicros' },
] as const;

/**
 * The limit that is reached, and when enough of the spending is 24 hours ago; where several are, the one that takes
 * longest. Undefined while something is left of every limit. Hours come in their order.
 */
export function exhausted(
  budget: InsightBudget,
  hours: readonly HourlySpending[],
  now: Date,
): EventDataOf<'InsightsPaused'> | undefined {
  const counted = hours.filter(({ hour }) => hour >= windowStart(now));
  const reached = limits.flatMap(({ limit, of }) => {
    const allowed = budget[of];
    const resumesAt = allowed === null ? undefined : resumption(counted, of, allowed);
    return resumesAt === undefined ? [] : [{ limit, resumesAt: resumesAt.toISOString() }];
  });
  return reached.sort((left, right) => (left.resumesAt < right.resumesAt ? 1 : -1))[0];
}

/** Undefined while less than what is allowed is spent. */
function resumption(
  hours: readonly HourlySpending[],
  of: (typeof limits)[number]['of'],
  allowed: number,
): Date | undefined {
  let left = hours.reduce((sum, each) => sum + each[of], 0);
  if (left < allowed) return undefined;
  for (const { hour, [of]: amount } of hours) {
    left -= amount;
    if (left < allowed) return new Date(hour.getTime() + hourMs + windowMs);
  }
  return undefined;
}
