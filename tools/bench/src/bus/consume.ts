import type { EventType } from '@harmony/contracts';
import { Consumer, type EventHandler, type Feed } from '@harmony/messaging';
import type { Pool } from 'pg';
import { WrongResult } from '../harness/bench.js';
import type { Tally } from './workload.js';

/**
 * Reads a feed as it is: each batch takes effect, then its end is committed, while the next one is read. `completed` is told of the last commit.
 */
export async function consumeFeed(
  feed: Feed,
  tally: Pick<Tally, 'take' | 'isComplete'>,
  completed: () => void = () => undefined,
): Promise<void> {
  const done = new AbortController();
  let committed: Promise<unknown> = Promise.resolve();
  try {
    for await (const batch of feed.deliveries(done.signal)) {
      for (const { eventId } of batch) tally.take(eventId);
      const ends = new Map(batch.map(({ partition, offset }) => [partition, offset]));
      await committed;
      committed = Promise.all([...ends].map(([partition, offset]) => feed.commit(partition, offset)));
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
