import type { EventType } from '@harmony/contracts';
import { Consumer, type EventHandler, type Feed } from '@harmony/messaging';
import type { Pool } from 'pg';
import { WrongResult } from '../harness/bench.js';
import type { Tally } from './workload.js';

/** As the consumer runtime does it. */
const commitEveryMs = 50;

/**
 * Reads a feed as it is: each batch takes effect, and from time to time what has taken effect is committed, while the
 * next batch is read. `completed` is told of the last commit.
 */
export async function consumeFeed(
  feed: Feed,
  tally: Pick<Tally, 'take' | 'isComplete'>,
  completed: () => void = () => undefined,
): Promise<void> {
  const done = new AbortController();
  const ends = new Map<string, string>();
  let [committed, due]: [Promise<unknown>, number] = [Promise.resolve(), performance.now() + commitEveryMs];
  try {
    for await (const batch of feed.deliveries(done.signal)) {
      for (const { eventId, partition, offset } of batch) {
        tally.take(eventId);
        ends.set(partition, offset);
      }
      if (!tally.isComplete && performance.now() < due) continue;
      await committed;
      committed = Promise.all([...ends].map(([partition, offset]) => feed.commit(partition, offset)));
      due = performance.now() + commitEveryMs;
      ends.clear();
      if (!tally.isComplete) continue;
      await committed;
      completed();
      done.abort();
    }
  } finally {
    await feed.close();
  }
}

/** Reads a feed through the consumer runtime: decode and validate, handler, mark in the inbox, commit. */
export async function consumeByRuntime(feed: Feed, pool: Pool, consumer: string, tally: Tally): Promise<void> {
  let complete = (): void => undefined;
  const completed = new Promise<void>((resolve) => (complete = resolve));
  const handle: EventHandler = async ({ id }) => {
    tally.take(id);
    if (tally.isComplete) complete();
  };
  const runtime = new Consumer({
    consumer,
    feed,
    pool,
    handlers: new Map<EventType, EventHandler>([['TranscriptChunkRecorded', handle]]),
    afterDeadLetter: 'park-key',
    observer: {
      deadLettered: (_consumer, code, origin) => {
        throw new WrongResult(`${origin} became a dead letter: ${code}.`);
      },
    },
  });
  await Promise.race([completed, runtime.run()]);
  await runtime.stop();
}
