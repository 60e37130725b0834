import { errorKind } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { backoffMs } from '@harmony/kernel';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import type { Delivery, Feed } from '../port.js';
import { pause } from '../runtime/pause.js';
import { ensureTopics, eventTopics, kafkaClient, type KafkaOptions } from './client.js';
import { CommitQueue } from './commit-queue.js';
import { brokerError, isStale, mayPass } from './errors.js';
import { GroupSession } from './group-session.js';
import { hydrate, type Source } from './hydrate.js';

export interface KafkaFeedOptions {
  readonly kafka: KafkaOptions;
  /** Consumer group: its members share the partitions and the committed offsets. */
  readonly group: string;
  /** The log that messages point into. */
  readonly events: Pick<EventStore, 'readStream'>;
  /** Names on the cluster; absent: every topic of the relay. */
  readonly topics?: readonly string[];
  /** Messages handed over together, and held in memory at most twice beside what the caller took. */
  readonly sliceSize?: number;
}

const reconnecting = { firstMs: 200, maximumMs: 10_000 };

/**
 * Kafka behind the port of a feed. Survives brokers that go away and come back by joining anew; a cluster that refuses
 * this client for good is BROKER_UNAVAILABLE. After a rebalance everything uncommitted is delivered again, and
 * commits for what was delivered before it do nothing.
 */
export class KafkaFeed implements Feed {
  readonly #kafka: Kafka;
  readonly #topics: readonly string[];
  readonly #closed = new AbortController();
  readonly #commits = new CommitQueue((offsets) => this.#commit(offsets));
  #session: GroupSession | undefined;
  #admin: Promise<Admin> | undefined;
  #generations = 0;

  constructor(private readonly options: KafkaFeedOptions) {
    this.#kafka = kafkaClient(options.kafka);
    this.#topics = options.topics ?? eventTopics(options.kafka);
  }

  async *deliveries(signal: AbortSignal): AsyncIterable<readonly Delivery[]> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    let failures = 0;
    while (!either.aborted) {
      try {
        const session = await this.#join();
        for (;;) {
          const deliveries = await session.take(either);
          if (!deliveries) return;
          failures = 0;
          if (deliveries.length > 0) yield deliveries;
        }
      } catch (error) {
        await this.#leave();
        if (!mayPass(error)) throw brokerError(error);
        failures += 1;
        await pause(backoffMs(failures, reconnecting), either);
      }
    }
  }

  commit(partition: string, offset: string): Promise<void> {
    return this.#commits.add(partition, offset);
  }

  async lag(): Promise<number | undefined> {
    const assigned = this.#session?.assigned;
    if (!assigned) return undefined;
    try {
      this.#admin ??= this.#connectAdmin();
      const admin = await this.#admin;
      const behind = await Promise.all(assigned.map(({ topic, partitions }) => this.#behind(admin, topic, partitions)));
      return behind.reduce((sum, messages) => sum + messages, 0);
    } catch (error) {
      this.#admin = undefined;
      if (mayPass(error)) return undefined;
      throw brokerError(error);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#commits.idle();
    await this.#leave();
    const admin = await this.#admin?.catch(() => undefined);
    await admin?.disconnect();
  }

  async #join(): Promise<GroupSession> {
    await ensureTopics(this.#kafka, this.options.kafka, this.#topics);
    this.#session = new GroupSession({
      kafka: this.#kafka,
      group: this.options.group,
      topics: this.#topics,
      read: (messages, source) => this.#read(messages, source),
      sliceSize: this.options.sliceSize ?? 100,
      nextGeneration: () => (this.#generations += 1),
    });
    await this.#session.start();
    return this.#session;
  }

  async #leave(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // The membership is given up either way; a broker that is gone notices by the missing beats.
    await session?.stop().catch(() => undefined);
  }

  /** Waits out a log that does not answer; anything else that goes wrong is thrown. */
  async #read(messages: readonly KafkaMessage[], source: Source): Promise<readonly Delivery[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await hydrate(messages, source, this.options.events);
      } catch (error) {
        if (errorKind(error) !== 'retriable' || this.#closed.signal.aborted) throw error;
        await pause(backoffMs(attempt, reconnecting), this.#closed.signal);
      }
    }
  }

  async #commit(offsets: ReadonlyMap<string, string>): Promise<void> {
    try {
      await this.#session?.commit(offsets);
    } catch (error) {
      if (!isStale(error)) throw brokerError(error);
    }
  }

  async #connectAdmin(): Promise<Admin> {
    const admin = this.#kafka.admin();
    await admin.connect();
    return admin;
  }

  async #behind(admin: Admin, topic: string, partitions: readonly number[]): Promise<number> {
    const ends = await admin.fetchTopicOffsets(topic);
    const [group] = await admin.fetchOffsets({ groupId: this.options.group, topics: [topic] });
    const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends
      .filter(({ partition }) => partitions.includes(partition))
      .reduce(
        (sum, { partition, high, low }) => sum + Number(high) - Math.max(committed.get(partition) ?? 0, Number(low)),
        0,
      );
  }
}
