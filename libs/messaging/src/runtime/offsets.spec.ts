import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Offsets } from './offsets.js';

describe('offsets', () => {
  it('never pass a message that is not finished, and reach the last one when all are', () => {
    const partition = fc.constantFrom('0', '1', '2');
    const run = fc.array(partition, { minLength: 1, maxLength: 40 }).chain((partitions) =>
      fc.tuple(
        fc.constant(partitions),
        fc.shuffledSubarray(
          partitions.map((_, index) => index),
          { minLength: partitions.length },
        ),
      ),
    );
    fc.assert(
      fc.property(run, ([partitions, order]) => {
        const offsets = new Offsets();
        const places = partitions.map((name, index) => offsets.receive(name, `${index}`));
        const committed = new Map<string, number>();
        for (const index of order) {
          const place = places[index];
          if (place) offsets.finish(place);
          for (const [name, offset] of offsets.take()) {
            expect(Number(offset)).toBeGreaterThan(committed.get(name) ?? -1);
            committed.set(name, Number(offset));
          }
          for (const each of places) {
            const passed = Number(each.offset) <= (committed.get(each.partition) ?? -1);
            if (passed) expect(each.done).toBe(true);
          }
        }
        for (const name of new Set(partitions)) expect(committed.get(name)).toBe(partitions.lastIndexOf(name));
      }),
    );
  });

  it('wait for the first delivery of a message that was delivered again', () => {
    const offsets = new Offsets();
    const first = offsets.receive('0', '1');
    const again = offsets.receive('0', '1');
    offsets.finish(again);
    expect(offsets.take()).toEqual([]);
    offsets.finish(first);
    expect(offsets.take()).toEqual([['0', '1']]);
  });
});
