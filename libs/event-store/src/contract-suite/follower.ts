import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, LogBatch, RecordedEvent, SubscribeOptions } from '../port.js';

/** A subscription that reads in the background and keeps what it got. */
export interface Follower {
  readonly batches: readonly LogBatch[];
  readonly events: readonly RecordedEvent[];
  /** Waits until the condition holds; fails with what there is when it never does. */
  until(condition: (follower: Follower) => boolean): Promise<void>;
  /** Aborts and waits for the loop to end; throws what the loop threw. */
  stop(): Promise<void>;
}

/** Starts to follow; `handle` is awaited for every batch, as a consumer would. */
export function follow(
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  handle: (batch: LogBatch) => Promise<void> = async () => undefined,
): Follower {
  const ending = new AbortController();
  const batches: LogBatch[] = [];
  let failure: unknown;
  const loop = (async () => {
    for await (const batch of store.subscribe({ ...options, signal: ending.signal })) {
      batches.push(batch);
      await handle(batch);
    }
  })().catch((error: unknown) => {
    failure = error;
  });
  const follower: Follower = {
    batches,
    get events() {
      return batches.flatMap((batch) => batch.events);
    },
    async until(condition) {
      const deadline = performance.now() + 30_000;
      while (!condition(follower)) {
        if (failure) throw failure as Error;
        if (performance.now() > deadline) throw new Error(`Still waiting after ${follower.events.length} events.`);
        await pause(10);
      }
    },
    async stop() {
      ending.abort();
      await loop;
      if (failure) throw failure as Error;
    },
  };
  return follower;
}
