import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exhausted, windowStart, type HourlySpending } from './exhausted.js';

const now = new Date('2026-03-02T12:30:00Z');
const at = (hour: string, calls: number, tokens = 0, costMicros = 0): HourlySpending => ({
  hour: new Date(hour),
  ...{ calls, tokens, costMicros },
});
const noLimit = { calls: null, tokens: null, costMicros: null };

describe('a budget of 24 hours', () => {
  it('is not exhausted while something is left, and where there is no limit', () => {
    expect(exhausted({ ...noLimit, calls: 10 }, [at('2026-03-02T12:00:00Z', 9)], now)).toBeUndefined();
    expect(exhausted(noLimit, [at('2026-03-02T12:00:00Z', 1e9)], now)).toBeUndefined();
  });

  it('resumes when enough of the spending is 24 hours ago', () => {
    const hours = [at('2026-03-01T20:00:00Z', 4), at('2026-03-02T08:00:00Z', 6)];
    expect(exhausted({ ...noLimit, calls: 10 }, hours, now)).toEqual({
      limit: 'CALLS',
      resumesAt: '2026-03-02T21:00:00.000Z',
    });
    expect(exhausted({ ...noLimit, calls: 6 }, hours, now)?.resumesAt).toBe('2026-03-03T09:00:00.000Z');
  });

  it('forgets what is older', () => {
    const hours = [at('2026-03-01T11:00:00Z', 100)];
    expect(exhausted({ ...noLimit, calls: 10 }, hours, now)).toBeUndefined();
    expect(exhausted({ ...noLimit, calls: 10 }, [at('2026-03-01T12:00:00Z', 100)], now)).toBeDefined();
  });

  it('names the limit that takes longest', () => {
    const hours = [at('2026-03-02T01:00:00Z', 10), at('2026-03-02T10:00:00Z', 0, 50)];
    expect(exhausted({ calls: 10, tokens: 50, costMicros: 1 }, hours, now)).toEqual({
      limit: 'TOKENS',
      resumesAt: '2026-03-03T11:00:00.000Z',
    });
  });

  it('is open again at the time that it names', () => {
    const hour = fc.integer({ min: 0, max: 24 }).map((ago) => Date.UTC(2026, 2, 2, 12) - ago * 3_600_000);
    const spent = fc.uniqueArray(fc.tuple(hour, fc.integer({ min: 1, max: 20 })), { selector: ([time]) => time });
    fc.assert(
      fc.property(spent, fc.integer({ min: 1, max: 50 }), (all, calls) => {
        const hours = all
          .sort(([left], [right]) => left - right)
          .map(([time, amount]) => ({ hour: new Date(time), calls: amount, tokens: 0, costMicros: 0 }));
        const paused = exhausted({ ...noLimit, calls }, hours, now);
        const counted = hours.filter((one) => one.hour >= windowStart(now));
        expect(paused !== undefined).toBe(counted.reduce((sum, one) => sum + one.calls, 0) >= calls);
        if (paused) expect(exhausted({ ...noLimit, calls }, hours, new Date(paused.resumesAt))).toBeUndefined();
      }),
    );
  });
});
