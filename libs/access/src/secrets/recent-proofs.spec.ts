import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RecentProofs } from './recent-proofs.js';

describe('recent proofs', () => {
  let now = 0;
  let proofs: RecentProofs<string>;
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    proofs = new RecentProofs();
  });
  afterEach(() => void jest.restoreAllMocks());

  const proving = (answer: () => Promise<string | undefined>) => jest.fn(answer);
  const holds = () => proving(() => Promise.resolve('holds'));

  it('remember a key that holds for half a second from when it was asked for, and each key by itself', async () => {
    const prove = holds();
    for (const [key, at] of [
      ['a', 0],
      ['a', 499],
      ['b', 499],
      ['b', 499],
    ] as const) {
      now = at;
      expect(await proofs.of(key, prove)).toBe('holds');
    }
    expect(prove).toHaveBeenCalledTimes(2);
    now = 500;
    await proofs.of('a', prove);
    expect(prove).toHaveBeenCalledTimes(3);
  });

  it('let those who ask at the same time share one proof', async () => {
    const prove = holds();
    expect(await Promise.all(Array.from({ length: 20 }, () => proofs.of('a', prove)))).toHaveLength(20);
    expect(prove).toHaveBeenCalledTimes(1);
  });

  it('remember neither a key that does not hold nor a failure', async () => {
    const [refused, failing] = [proving(() => Promise.resolve(undefined)), proving(() => Promise.reject(new Error()))];
    for (let count = 0; count < 3; count += 1) {
      expect(await proofs.of('wrong', refused)).toBeUndefined();
      await expect(proofs.of('failing', failing)).rejects.toThrow();
    }
    expect([refused.mock.calls.length, failing.mock.calls.length]).toEqual([3, 3]);
  });

  it('give a proof that was under way when all were forgotten to nobody who asks later', async () => {
    let answer = (_: string): void => undefined;
    const slow = proofs.of('a', () => new Promise((resolve) => (answer = resolve)));
    proofs.forget();
    answer('of before');
    expect(await slow).toBe('of before');
    expect(await proofs.of('a', () => Promise.resolve(undefined))).toBeUndefined();
  });
});
