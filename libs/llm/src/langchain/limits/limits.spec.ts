import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallPriority } from '../../port.js';
import { FakeTime } from '../../testing/fake-time.js';
import { Limits, type LimitOptions, type Permit } from './limits.js';

const never = new AbortController().signal;
const free: LimitOptions = { maximumConcurrency: 1_000, requestsPerMinute: 0, tokensPerMinute: 0 };

const isPending = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  // Whatever can go on by itself has gone on after this many turns of the microtask queue.
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending;
};

describe('the limits of a key', () => {
  it('let so many calls through at once, and the next when one has ended', async () => {
    const limits = new Limits({ ...free, maximumConcurrency: 2 }, new FakeTime());
    const first = await limits.acquire(1, never);
    await limits.acquire(1, never);
    const third = limits.acquire(1, never);
    expect(await isPending(third)).toBe(true);
    first.release();
    await expect(third).resolves.toBeDefined();
  });

  it('serve whoever came first, also when somebody in between gives up', async () => {
    const limits = new Limits({ ...free, maximumConcurrency: 1 }, new FakeTime());
    const begun: string[] = [];
    const come = async (name: string, signal = never): Promise<Permit> => {
      const permit = await limits.acquire(1, signal);
      begun.push(name);
      return permit;
    };
    const first = await come('first');
    const leaving = new AbortController();
    const [second, third, fourth] = [come('second'), come('third', leaving.signal), come('fourth')];
    const reason = new Error('the job is over');
    leaving.abort(reason);
    await expect(third).rejects.toBe(reason);
    first.release();
    (await second).release();
    (await fourth).release();
    expect(begun).toEqual(['first', 'second', 'fourth']);
  });

  it('serve what is live before re-runs that came earlier, and one of those after nine that passed it', async () => {
    const limits = new Limits({ ...free, maximumConcurrency: 1 }, new FakeTime());
    const begun: string[] = [];
    const first = await limits.acquire(1, never);
    const come = async (name: string, priority: CallPriority): Promise<void> => {
      const permit = await limits.acquire(1, never, priority);
      begun.push(name);
      permit.release();
    };
    const again = ['x', 'y'].map((name) => come(name, 'revision'));
    const live = Array.from({ length: 12 }, (_, index) => come(String(index), 'live'));
    first.release();
    await Promise.all([...again, ...live]);
    expect(begun.join(' ')).toBe('0 1 2 3 4 5 6 7 8 x 9 10 11 y');
  });

  it('let a live call pass a re-run that waits for tokens, which waits on', async () => {
    const [time, asleep] = [new FakeTime(), new AbortController()];
    const limits = new Limits({ ...free, tokensPerMinute: 1_000 }, time);
    await limits.acquire(700, never);
    time.sleep = (_milliseconds, signal) =>
      new Promise((resolve, reject) => {
        asleep.signal.addEventListener('abort', () => resolve());
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const again = limits.acquire(600, never, 'revision');
    expect(await isPending(again)).toBe(true);
    await limits.acquire(300, never, 'live');
    time.pass(60_000);
    asleep.abort();
    await expect(again).resolves.toBeDefined();
  });

  it('hold everybody back who shares the key, while the provider wants to be left alone', async () => {
    const time = new FakeTime();
    const limits = new Limits(free, time);
    limits.pause(7_000);
    limits.pause(2_000);
    await limits.acquire(1, never);
    expect(time.waits).toEqual([7_000]);
  });

  it('never begin more calls or take more tokens in any minute than they allow', async () => {
    const calls = fc.array(
      fc.record({ tokens: fc.integer({ min: 1, max: 400 }), pauseMs: fc.integer({ min: 0, max: 30_000 }) }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 5 }), async (all, requestsPerMinute) => {
        const time = new FakeTime();
        const limits = new Limits({ ...free, requestsPerMinute, tokensPerMinute: 1_000 }, time);
        const begun: { at: number; tokens: number }[] = [];
        for (const { tokens, pauseMs } of all) {
          (await limits.acquire(tokens, never)).release();
          begun.push({ at: time.now(), tokens });
          time.pass(pauseMs);
        }
        for (const { at: from } of begun) {
          const minute = begun.filter(({ at }) => at >= from && at < from + 60_000);
          expect(minute.length).toBeLessThanOrEqual(requestsPerMinute);
          expect(minute.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });

  it('count what a call has really taken as soon as that is known', async () => {
    const time = new FakeTime();
    const limits = new Limits({ ...free, tokensPerMinute: 1_000 }, time);
    const permit = await limits.acquire(900, never);
    permit.settle(100);
    await limits.acquire(900, never);
    expect(time.waits).toEqual([]);
    await limits.acquire(900, never);
    expect(time.waits).toEqual([60_000]);
  });

  it('let a call through that is larger than a minute allows, when nothing else was asked', async () => {
    const time = new FakeTime();
    const limits = new Limits({ ...free, tokensPerMinute: 1_000 }, time);
    await limits.acquire(5_000, never);
    expect(time.waits).toEqual([]);
  });
});
