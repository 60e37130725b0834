import type { HarmonyEvent } from '@harmony/contracts';
import type { ClientBase } from 'pg';

/** A message as a feed delivers it: raw, so that decoding happens in one place, the consumer runtime. */
export interface Delivery {
  /** Order is kept within a key: the stream id. */
  readonly key: string;
  /** What should be an event: parsed JSON, or the raw text where it did not parse. */
  readonly raw: unknown;
  readonly eventId: string | undefined;
  /** Revision of the event in its stream, where the feed knows it. */
  readonly revision?: number;
  /** Where it came from, for dead letters and people: `log 12:345`, `harmony.conversation.1/3@17`. */
  readonly origin: string;
  /** Bytes in memory, for the in-flight limit. */
  readonly bytes: number;
  /** Groups offsets that are committed together: one for the log, one a partition for Kafka. */
  readonly partition: string;
  /** Grows within a partition; opaque beyond that. */
  readonly offset: string;
}

/** What a consumer reads from: the store's log or Kafka. Commits are contiguous per partition. */
export interface Feed {
  /** Delivers until the signal is aborted; pulls no more than the caller takes. Throws when it is lost for good. */
  deliveries(signal: AbortSignal): AsyncIterable<readonly Delivery[]>;
  /** Everything of this partition up to and including this offset is handled. */
  commit(partition: string, offset: string): Promise<void>;
  /** How many messages or positions the consumer is behind; undefined while unknown. */
  lag(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What happens to the messages behind one that went to the dead letters: wait for a re-drive, or go on. */
export type AfterDeadLetter = 'park-key' | 'continue';

/** A handler's second argument. */
export interface MessageContext {
  readonly consumer: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly origin: string;
  readonly signal: AbortSignal;
  /**
   * Runs the work and marks the message as handled in one short Postgres transaction, so that its effect happens once.
   * Call it at most once, last. A handler that never calls it is marked after it returns, and must be harmless to repeat.
   */
  once(work: (transaction: ClientBase) => Promise<void>): Promise<void>;
}

export type EventHandler = (event: HarmonyEvent, context: MessageContext) => Promise<void>;
