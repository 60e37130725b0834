import { describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import * as fc from 'fast-check';
import type { Inbox } from '../inbox/inbox.js';
import type { Feed } from '../port.js';
import { Committer } from './committer.js';
import { Persistence } from './persistence.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A committer whose rounds do not come by themselves, and what it wrote. */
function committer({ everyMs = 86_400_000, mark = async (): Promise<void> => undefined } = {}) {
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const marked = new Set<string>();
  const writes: number[] = [];
  const commits: string[] = [];
  const failures: unknown[] = [];
  const inbox: Pick<Inbox, 'mark'> = {
    mark: async (ids) => {
      await mark();
      writes.push(ids.length);
      for (const id of ids) marked.add(id);
    },
  };
  const feed: Pick<Feed, 'commit'> = {
    commit: async (_partition, offset) => {
      await turn();
      commits.push(offset);
    },
  };
  const made = new Committer({
    feed: feed as Feed,
    inbox: inbox as Inbox,
    everyMs,
    persistence: new Persistence(abandoned.signal, () => undefined),
    stopping: stopping.signal,
    failed: (error) => failures.push(error),
  });
  return { made, stopping, abandoned, marked, writes, commits, failures };
}

describe('the committer', () => {
  it('marks everything before it commits past it, whatever the order, and leaves nothing behind', async () => {
    const orders = fc
      .integer({ min: 1, max: 30 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count }));
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fc.nat(30)), async (order, pauses) => {
        const { made, marked, commits } = committer({ everyMs: 0 });
        const places = order.map((_, index) => made.receive('log', `${index}`));
        for (const index of order) {
          const place = places[index];
          if (place) made.finish(place, `event ${index}`);
          if (pauses.includes(index)) await turn();
          for (let offset = 0; offset <= Number(commits.at(-1) ?? -1); offset += 1) {
            expect(marked.has(`event ${offset}`)).toBe(true);
          }
        }
        await made.flush();
        expect(commits.at(-1)).toBe(`${order.length - 1}`);
        expect(marked.size).toBe(order.length);
      }),
      { numRuns: 50 },
    );
  });

  it('writes many marks at once, and those of events that wait for an earlier one as well', async () => {
    const { made, writes, commits } = committer({ everyMs: 1 });
    made.receive('log', '0');
    for (let offset = 1; offset <= 100; offset += 1) made.finish(made.receive('log', `${offset}`), `event ${offset}`);
    expect(made.willMark('event 7')).toBe(true);
    await eventually(() => expect(writes).toEqual([100]));
    expect(made.willMark('event 7')).toBe(false);
    expect(commits).toEqual([]);
  });

  it('does not wait for the next round when thousands are handled, and goes on afterwards', async () => {
    const { made, stopping, writes, commits } = committer();
    for (let offset = 0; offset < 5_000; offset += 1) made.finish(made.receive('log', `${offset}`), `event ${offset}`);
    await eventually(() => expect(commits).toEqual(['4999']));
    made.finish(made.receive('log', '5000'));
    await turn();
    expect([writes, commits]).toEqual([[5_000], ['4999']]);
    stopping.abort();
    await made.flush();
    expect(commits).toEqual(['4999', '5000']);
  });

  it('holds the intake up while the marks of too many are outstanding', async () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const { made } = committer({ mark: () => answered });
    for (let offset = 0; offset < 10_000; offset += 1) made.finish(made.receive('log', `${offset}`), `event ${offset}`);
    let room = false;
    void made.room().then(() => (room = true));
    await turn();
    expect(room).toBe(false);
    answer();
    await eventually(() => expect(room).toBe(true));
  });

  it('commits nothing whose marks could not be written when the consumer was stopped', async () => {
    const { made, stopping, abandoned, commits, failures } = committer({
      mark: () => Promise.reject(new HarmonyError('DATABASE_UNAVAILABLE')),
    });
    made.finish(made.receive('log', '0'), 'event');
    stopping.abort();
    abandoned.abort();
    await made.flush();
    expect([commits, failures, made.willMark('event')]).toEqual([[], [], true]);
  });
});
