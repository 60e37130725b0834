import { HarmonyError } from '@harmony/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { startAccess, type AccessFixture } from '../testing/access-fixture.js';
import { rateLimitHeaders, RateLimiter, type RateLimiterOptions } from './rate-limiter.js';

const options: RateLimiterOptions = { name: 'test', limit: 3, windowSeconds: 60, whenUnavailable: 'open' };
const quiet = { warn: () => undefined };

describe('the rate limiter', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startAccess();
  });
  afterEach(() => void jest.useRealTimers());
  afterAll(() => fixture.close());

  const open = (more: Partial<RateLimiterOptions> = {}): RateLimiter =>
    new RateLimiter(fixture.database.worker, { ...options, ...more }, quiet);

  it('counts down, then refuses with the time to wait, and keeps keys apart', async () => {
    const limiter = open();
    const left = [await limiter.consume('a'), await limiter.consume('a'), await limiter.consume('a')];
    expect(left.map((facts) => facts?.remaining)).toEqual([2, 1, 0]);
    const refusal = await limiter.consume('a').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(HarmonyError);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', status: 429, facts: { limit: 3, remaining: 0 } });
    expect((refusal as HarmonyError).retryAfterSeconds).toBeGreaterThan(50);
    expect((await limiter.consume('b'))?.remaining).toBe(2);
  });

  it('remembers across a restart, and shares its counters between processes', async () => {
    await open().consume('restart');
    await open().consume('restart');
    expect((await open().consume('restart'))?.remaining).toBe(0);
    await expect(open().consume('restart')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('lets exactly as many of many concurrent requests through as the limit says', async () => {
    const [first, second] = [open({ limit: 20 }), open({ limit: 20 })] as const;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => (index % 2 ? first : second).consume('crowd')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });

  it('draws points of a busy key in blocks, and still counts down one by one', async () => {
    const statements = jest.spyOn(fixture.database.worker, 'query');
    const before = statements.mock.calls.length;
    const limiter = open({ limit: 1_000 });
    const left: (number | undefined)[] = [];
    for (let count = 0; count < 1_000; count += 1) left.push((await limiter.consume('busy'))?.remaining);
    const drawn = statements.mock.calls.length - before;
    statements.mockRestore();
    expect(left).toEqual(Array.from({ length: 1_000 }, (_, index) => 999 - index));
    expect(drawn).toBeLessThan(100);
    await expect(limiter.consume('busy')).rejects.toMatchObject({ code: 'RATE_LIMITED', facts: { remaining: 0 } });
  });

  it('never lets more through than the limit, and strands at most a block in a process that falls silent', async () => {
    const processes = [open({ limit: 100 }), open({ limit: 100 }), open({ limit: 100 })];
    let through = 0;
    const consume = async (limiter: RateLimiter | undefined): Promise<void> => {
      if (await limiter?.consume('several').catch(() => undefined)) through += 1;
    };
    for (let count = 0; count < 30; count += 1) await consume(processes[count % 2]);
    for (let count = 0; count < 200; count += 1) await consume(processes[2]);
    expect(through).toBeLessThanOrEqual(100);
    expect(through).toBeGreaterThanOrEqual(80);
    for (let count = 0; count < 50; count += 1) await consume(processes[count % 2]);
    expect(through).toBe(100);
  });

  it('lets points that were drawn lapse with their window', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'] });
    const limiter = open({ limit: 100 });
    for (let count = 0; count < 3; count += 1) await limiter.consume('lapse');
    jest.setSystemTime(Date.now() + 60_000);
    expect((await limiter.consume('lapse'))?.remaining).toBe(99);
    expect((await open({ limit: 100 }).consume('lapse'))?.remaining).toBe(98);
  });

  it('starts anew when the window is over, not before', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'] });
    for (let count = 0; count < 3; count += 1) await open().consume('window');
    jest.setSystemTime(Date.now() + 59_000);
    await expect(open().consume('window')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
    jest.setSystemTime(Date.now() + 1_000);
    expect((await open().consume('window'))?.remaining).toBe(2);
  });

  it('is open or closed as told while the counters cannot be reached, and says so in the log', async () => {
    const gone = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' });
    const lines: object[] = [];
    const log = { warn: (facts: object) => void lines.push(facts) };
    const limiter = (whenUnavailable: 'open' | 'closed'): RateLimiter =>
      new RateLimiter(gone, { ...options, whenUnavailable }, log);
    expect(await limiter('open').consume('a')).toBeUndefined();
    await expect(limiter('closed').consume('a')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(lines).toMatchObject([{ limiter: 'test', whenUnavailable: 'open' }, { whenUnavailable: 'closed' }]);
    await gone.end();
  });

  it('shows its facts as RateLimit headers', () => {
    expect(rateLimitHeaders({ limit: 100, remaining: 7, resetSeconds: 12 })).toEqual({
      'RateLimit-Limit': '100',
      'RateLimit-Remaining': '7',
      'RateLimit-Reset': '12',
    });
  });
});
