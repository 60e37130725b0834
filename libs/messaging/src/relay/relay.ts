import { errorKind } from '@harmony/contracts';
import { backoffMs, type BackoffOptions } from '@harmony/kernel';
import type { TopicMessage } from '../kafka/kafka-publisher.js';
import type { Delivery, Feed } from '../port.js';
import { pause } from '../runtime/pause.js';
import { encode } from './cloud-event-message.js';

/** Where the relay publishes to. */
export interface Publisher {
  /** Resolves when every message is durable; may be repeated. */
  publish(messages: readonly TopicMessage[]): Promise<void>;
  close(): Promise<void>;
}

export interface RelayOptions {
  /** The log with a checkpoint of its own: one relay reads, others stand by. Belongs to the relay, which closes it. */
  readonly feed: Feed;
  /** Belongs to the relay, which closes it. */
  readonly publisher: Publisher;
  readonly observer?: RelayObserver;
  readonly backoff?: BackoffOptions;
}

/** What the relay tells whoever counts; must not throw. */
export interface RelayObserver {
  published?(messages: number): void;
  /** A publish failed and will be repeated. */
  retried?(error: unknown): void;
  /** An event has no message, or one without its data; `origin` says where it stands. */
  incomplete?(what: 'without-data' | 'unreadable', origin: string): void;
}

export interface RelayHealth {
  /** `degraded`: the brokers do not answer; nothing is lost, events wait in the log. */
  readonly state: 'idle' | 'running' | 'degraded' | 'stopped';
  /** Failed publishes in a row. */
  readonly failures: number;
  /** Why it is degraded. */
  readonly detail?: string;
}

/** A produce request must fit into what brokers take as one batch. */
const requestBytesAtMost = 900_000;
/** Key, headers and framing of a message. */
const overheadBytes = 400;

interface Entry {
  readonly delivery: Delivery;
  /** Absent for an event that is not published. */
  readonly message?: TopicMessage;
}

/**
 * Copies the log to Kafka: at least once, in order within a stream. A checkpoint moves only after the brokers'
 * acknowledgement, so a crash in between repeats messages with the same ids. While the brokers are away
 * it holds one batch in memory and tries again.
 */
export class Relay {
  readonly #stopping = new AbortController();
  #health: RelayHealth = { state: 'idle', failures: 0 };
  #finished: Promise<void> | undefined;

  constructor(private readonly options: RelayOptions) {}

  /** Relays until {@link stop}. Throws what cannot pass: then the process should go down, to be started afresh. */
  run(): Promise<void> {
    this.#finished ??= this.#run();
    return this.#finished;
  }

  /** Ends after the batch at hand, or at once while the brokers are away. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished?.catch(() => undefined);
  }

  health(): RelayHealth {
    return this.#health;
  }

  /** Positions that are not yet relayed; undefined while unknown. */
  lag(): Promise<number | undefined> {
    return this.options.feed.lag();
  }

  async #run(): Promise<void> {
    const { feed, publisher } = this.options;
    try {
      this.#health = { state: 'running', failures: 0 };
      for await (const batch of feed.deliveries(this.#stopping.signal)) {
        if (!(await this.#relay(batch))) break;
      }
    } finally {
      this.#health = { state: 'stopped', failures: this.#health.failures };
      await publisher.close();
      await feed.close();
    }
  }

  /** False when the relay was stopped before everything was published; the checkpoint is then where that begins. */
  async #relay(batch: readonly Delivery[]): Promise<boolean> {
    for (const requested of requests(batch.map((delivery) => this.#entry(delivery)))) {
      const messages = requested.flatMap(({ message }) => (message ? [message] : []));
      if (messages.length > 0 && !(await this.#publish(messages))) return false;
      const last = requested.at(-1)?.delivery;
      if (last) await this.options.feed.commit(last.partition, last.offset);
    }
    return true;
  }

  #entry(delivery: Delivery): Entry {
    const { observer } = this.options;
    const encoded = encode(delivery);
    if (encoded === 'unreadable') observer?.incomplete?.('unreadable', delivery.origin);
    if (typeof encoded === 'string') return { delivery };
    if (!encoded.complete) observer?.incomplete?.('without-data', delivery.origin);
    return { delivery, message: encoded.message };
  }

  /** Until the brokers have it; false when the relay was stopped before. */
  async #publish(messages: readonly TopicMessage[]): Promise<boolean> {
    const { publisher, observer, backoff = { firstMs: 200, maximumMs: 10_000 } } = this.options;
    for (let failures = 1; !this.#stopping.signal.aborted; failures += 1) {
      try {
        await publisher.publish(messages);
        this.#health = { state: 'running', failures: 0 };
        observer?.published?.(messages.length);
        return true;
      } catch (error) {
        if (errorKind(error) !== 'retriable') throw error;
        this.#health = { state: 'degraded', failures, detail: error instanceof Error ? error.message : String(error) };
        observer?.retried?.(error);
        await pause(backoffMs(failures, backoff), this.#stopping.signal);
      }
    }
    return false;
  }
}

/** Cuts a batch so that each part fits into one request. */
function requests(batch: readonly Entry[]): Entry[][] {
  const all: Entry[][] = [[]];
  let room = requestBytesAtMost;
  for (const entry of batch) {
    const bytes = entry.message ? Buffer.byteLength(entry.message.value) + overheadBytes : 0;
    if (room < bytes) {
      all.push([]);
      room = requestBytesAtMost;
    }
    room -= bytes;
    all.at(-1)?.push(entry);
  }
  return all;
}
