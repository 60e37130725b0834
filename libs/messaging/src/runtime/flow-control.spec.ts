import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { InFlight } from './in-flight.js';
import { Lanes } from './lanes.js';
import { Slots } from './slots.js';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('in flight', () => {
  it('is bounded by count and bytes at any time, and lets everything in at last', async () => {
    const sizes = fc.array(fc.nat(100), { maxLength: 30 });
    const limits = fc.record({ messages: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 150 }) });
    await fc.assert(
      fc.asyncProperty(sizes, limits, async (bytesOfEach, limit) => {
        const inFlight = new InFlight(limit);
        const inside: number[] = [];
        for (const bytes of bytesOfEach) {
          let entered = false;
          void inFlight.enter(bytes, never).then((fits) => (entered = fits));
          for (await turn(); !entered; await turn()) inFlight.leave(inside.shift() ?? 0);
          inside.push(bytes);
          const total = inside.reduce((sum, each) => sum + each, 0);
          expect(inside.length).toBeLessThanOrEqual(limit.messages);
          expect(inside.length === 1 || total <= limit.bytes).toBe(true);
        }
        expect(inFlight.messages).toBe(inside.length);
      }),
      { numRuns: 50 },
    );
  });

  it('lets a waiting message go when the consumer stops', async () => {
    const inFlight = new InFlight({ messages: 1, bytes: 10 });
    await inFlight.enter(1, never);
    const stopping = new AbortController();
    const entered = inFlight.enter(1, stopping.signal);
    stopping.abort();
    expect(await entered).toBe(false);
    expect(inFlight.messages).toBe(1);
  });
});

describe('lanes', () => {
  it('keep the order within a key and run keys side by side', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, async (sequence) => {
        const lanes = new Lanes();
        const busy = new Set<string>();
        const done: [string, number][] = [];
        sequence.forEach((key, index) => {
          void lanes.run(key, async () => {
            expect(busy.has(key)).toBe(false);
            busy.add(key);
            await turn();
            busy.delete(key);
            done.push([key, index]);
          });
        });
        await lanes.idle();
        expect(done).toHaveLength(sequence.length);
        for (const key of new Set(sequence)) {
          const order = done.filter(([other]) => other === key).map(([, index]) => index);
          expect(order).toEqual([...order].sort((left, right) => left - right));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('slots', () => {
  it('are never overbooked, are given in order, and come back', async () => {
    const slots = new Slots(2);
    let inside = 0;
    const entered: number[] = [];
    const work = async (index: number): Promise<void> => {
      await slots.enter();
      entered.push(index);
      inside += 1;
      expect(inside).toBeLessThanOrEqual(2);
      await turn();
      inside -= 1;
      slots.leave();
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => work(index)));
    expect(entered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([slots.enter(), slots.enter()]).toEqual([undefined, undefined]);
  });
});
