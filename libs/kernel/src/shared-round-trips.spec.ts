import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SharedRoundTrips } from './shared-round-trips.js';

interface Parcel {
  readonly name: number;
  readonly bytes: number;
}

const limits = { groups: 2, patienceMs: 1, itemsPerGroup: 5, bytesPerGroup: 100, bytesAtOnce: 90 };
const parcels = fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 60 });

describe('shared round trips', () => {
  it('answers every caller for its own item, in groups within the limits', async () => {
    await fc.assert(
      fc.asyncProperty(parcels, async (sizes) => {
        const groups: (readonly Parcel[])[] = [];
        let underWay = 0;
        const queue = new SharedRoundTrips<Parcel, number>(async (group) => {
          groups.push(group);
          underWay += 1;
          expect(underWay).toBeLessThanOrEqual(limits.groups);
          await new Promise(setImmediate);
          underWay -= 1;
          return group.map(({ name }) => name);
        }, limits);
        const answers = await Promise.all(sizes.map((bytes, name) => queue.add({ name, bytes })));
        expect(answers).toEqual(sizes.map((_, name) => name));
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(limits.itemsPerGroup);
          const bytes = group.reduce((sum, parcel) => sum + parcel.bytes, 0);
          expect(group.length === 1 || bytes <= limits.bytesPerGroup).toBe(true);
        }
      }),
    );
  });

  it('sends what is large beside the groups under way, and lets what is small wait for them', async () => {
    const groups: number[][] = [];
    const queue = new SharedRoundTrips<Parcel, number>(
      async (group) => {
        groups.push(group.map(({ name }) => name));
        await new Promise(() => undefined);
        return [];
      },
      { ...limits, patienceMs: 86_400_000 },
    );
    const add = async (name: number, bytes: number): Promise<void> => {
      queue.add({ name, bytes }).catch(() => undefined);
      await new Promise(setImmediate);
    };
    await add(0, 10);
    await add(1, 80);
    expect(groups).toEqual([[0]]);
    await add(2, 10);
    expect(groups).toEqual([[0], [1, 2]]);
    await add(3, 100);
    expect(groups).toHaveLength(limits.groups);
  });

  it('rejects only the caller whose item failed, and everybody when the group failed', async () => {
    const queue = new SharedRoundTrips<Parcel, number>(async (group) => {
      if (group.some(({ name }) => name === 9)) throw new Error('all');
      return group.map(({ name }) => (name === 1 ? new Error('one') : name));
    }, limits);
    const outcomes = async (names: number[]): Promise<unknown[]> =>
      (await Promise.allSettled(names.map((name) => queue.add({ name, bytes: 1 })))).map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).message,
      );
    expect(await outcomes([0, 1, 2])).toEqual([0, 'one', 2]);
    expect(await outcomes([9])).toEqual(['all']);
    expect(await outcomes([3])).toEqual([3]);
  });

  it('is idle when everybody has an answer', async () => {
    const queue = new SharedRoundTrips<Parcel, number>(async (group) => group.map(({ name }) => name), limits);
    await queue.idle();
    let answered = 0;
    for (let name = 0; name < 30; name += 1) void queue.add({ name, bytes: 40 }).then(() => (answered += 1));
    await queue.idle();
    expect(answered).toBe(30);
  });
});
