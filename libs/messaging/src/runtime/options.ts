import type { EventType, HarmonyEvent } from '@harmony/contracts';
import type { Pool } from 'pg';
import type { AfterDeadLetter, EventHandler, Feed, MessageContext } from '../port.js';
import type { ConsumerObserver } from './observer.js';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.js';

export interface ConsumerOptions {
  /** Consumer group: whoever shares the name shares checkpoint, inbox and dead letters. */
  readonly consumer: string;
  /** Belongs to the consumer from here on, which closes it. */
  readonly feed: Feed;
  /** Under the worker role; schema `messaging` is migrated. */
  readonly pool: Pool;
  readonly handlers: ReadonlyMap<EventType, EventHandler>;
  readonly afterDeadLetter: AfterDeadLetter;
  /** Handlers that run at one time, each for another key. */
  readonly concurrency?: number;
  /** Messages read and not yet finished; no more is pulled beyond either bound. */
  readonly inFlight?: { readonly messages: number; readonly bytes: number };
  readonly retry?: RetryPolicy;
  /** How long a stop waits for running handlers before it gives their messages up for redelivery. */
  readonly drainMs?: number;
  /** At most one round of marks and commits in this time, unless thousands of events are handled in it. */
  readonly commitEveryMs?: number;
  /** How often lag and dead letters are measured, and re-drives looked for beside the notification. */
  readonly monitorEveryMs?: number;
  /** Behind and without progress for this long: not ready. */
  readonly stalledAfterMs?: number;
  readonly observer?: ConsumerObserver;
  /** Wraps each call of a handler, for traces and correlation ids in the log. */
  readonly around?: (event: HarmonyEvent, context: MessageContext, handle: () => Promise<void>) => Promise<void>;
}

export type ResolvedOptions = Required<Omit<ConsumerOptions, 'around'>> & Pick<ConsumerOptions, 'around'>;

export const withDefaults = (options: ConsumerOptions): ResolvedOptions => ({
  concurrency: 16,
  inFlight: { messages: 1000, bytes: 32 * 1024 * 1024 },
  retry: defaultRetryPolicy,
  drainMs: 10_000,
  commitEveryMs: 50,
  monitorEveryMs: 5_000,
  stalledAfterMs: 60_000,
  observer: {},
  ...options,
});
