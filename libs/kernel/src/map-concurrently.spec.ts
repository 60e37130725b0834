import { describe, expect, it } from '@jest/globals';
import { setImmediate as otherWork } from 'node:timers/promises';
import { mapConcurrently } from './map-concurrently.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

describe('mapping with several at work', () => {
  it('keeps the order, and never has more at work than allowed', async () => {
    let atWork = 0;
    let most = 0;
    const results = await mapConcurrently(numbers, 3, async (item, index) => {
      most = Math.max(most, (atWork += 1));
      for (let turn = 0; turn <= item % 4; turn += 1) await otherWork();
      atWork -= 1;
      return [item, index];
    });
    expect(results).toEqual(numbers.map((item) => [item, item]));
    expect(most).toBe(3);
    expect(await mapConcurrently([], 3, async () => 1)).toEqual([]);
  });

  it('begins nothing after a failure, and tells of it when what had begun is over', async () => {
    const begun: number[] = [];
    const over: number[] = [];
    const failing = mapConcurrently(numbers, 3, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('the second fails');
      await otherWork();
      await otherWork();
      over.push(item);
    });
    await expect(failing).rejects.toThrow('the second fails');
    expect([begun, over]).toEqual([
      [0, 1, 2],
      [0, 2],
    ]);
  });
});
