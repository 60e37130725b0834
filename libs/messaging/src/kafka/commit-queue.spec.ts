import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CommitQueue } from './commit-queue.js';

describe('the commit queue', () => {
  it('sends one request at a time and gathers what comes meanwhile', async () => {
    const sent: [string, string][][] = [];
    let answer = (): void => undefined;
    const queue = new CommitQueue((offsets) => {
      sent.push([...offsets]);
      return new Promise((resolve) => (answer = resolve));
    });
    const first = queue.add('a', '1');
    await new Promise(setImmediate);
    const rest = [queue.add('a', '2'), queue.add('b', '9'), queue.add('a', '3')];
    await new Promise(setImmediate);
    expect(sent).toEqual([[['a', '1']]]);
    answer();
    await first;
    await new Promise(setImmediate);
    answer();
    await Promise.all(rest);
    expect(sent).toEqual([
      [['a', '1']],
      [
        ['a', '3'],
        ['b', '9'],
      ],
    ]);
  });

  it('tells the caller of a failed commit, and goes on with the next', async () => {
    let fail = true;
    const queue = new CommitQueue(async () => {
      if (fail) throw new Error('refused');
    });
    await expect(queue.add('a', '1')).rejects.toThrow('refused');
    fail = false;
    await expect(queue.add('a', '2')).resolves.toBeUndefined();
  });

  it('has sent every partition up to its last offset when all callers have their answer', async () => {
    const commits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(1000)), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(commits, async (wanted) => {
        const committed = new Map<string, number>();
        const queue = new CommitQueue(async (offsets) => {
          for (const [partition, offset] of offsets) committed.set(partition, Number(offset));
        });
        const ordered = [...wanted].sort(([, left], [, right]) => left - right);
        await Promise.all(ordered.map(([partition, offset]) => queue.add(partition, `${offset}`)));
        expect(committed).toEqual(new Map(ordered));
      }),
    );
  });
});
