import { HarmonyError } from '@harmony/contracts';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureTopics, eventTopics, kafkaClient, requestTimeoutMs, retry, type KafkaOptions } from './client.js';
import { brokerError } from './errors.js';

export interface TopicMessage {
  /** Of the catalogue, without prefix. */
  readonly topic: string;
  /** Messages of one key stay in order. */
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface KafkaPublisherOptions {
  readonly kafka: KafkaOptions;
  /** A publish that the brokers did not acknowledge in this time counts as failed. */
  readonly timeLimitMs?: number;
}

/** How many producers that were given up may still be closing in the background; more would pile up on a dead network. */
const closingAtMost = 2;

/**
 * Publishes with an idempotent producer and acknowledgement by all in-sync replicas. A failed publish may have reached
 * the brokers in part, so it is repeated as a whole; each failure gets a fresh connection.
 */
export class KafkaPublisher {
  readonly #kafka: Kafka;
  readonly #closing = new Set<Promise<void>>();
  #producer: Producer | undefined;

  constructor(private readonly options: KafkaPublisherOptions) {
    this.#kafka = kafkaClient(options.kafka);
  }

  /**
   * Resolves when the brokers have every message. One call at a time.
   * @throws HarmonyError BROKER_UNAVAILABLE, or TIMED_OUT when there was no answer within the limit.
   */
  async publish(messages: readonly TopicMessage[]): Promise<void> {
    const { timeLimitMs = requestTimeoutMs } = this.options;
    const over = new AbortController();
    const late = pause(timeLimitMs, undefined, { signal: over.signal }).then(() => {
      throw new HarmonyError('TIMED_OUT', { detail: `The brokers gave no answer within ${timeLimitMs} ms.` });
    });
    try {
      await Promise.race([this.#send(messages), late]);
    } catch (error) {
      await this.#giveUp();
      throw brokerError(error);
    } finally {
      late.catch(() => undefined);
      over.abort();
    }
  }

  async close(): Promise<void> {
    await this.#giveUp();
    await Promise.all(this.#closing);
  }

  async #send(messages: readonly TopicMessage[]): Promise<void> {
    const producer = this.#producer ?? (await this.#connect());
    const byTopic = new Map<string, { key: string; value: string; headers: Record<string, string> }[]>();
    for (const { topic, key, value, headers } of messages) {
      const batch = byTopic.get(topic) ?? [];
      byTopic.set(topic, batch);
      batch.push({ key, value, headers: { ...headers } });
    }
    const prefix = this.options.kafka.topicPrefix ?? '';
    const topicMessages = [...byTopic].map(([topic, batch]) => ({ topic: `${prefix}${topic}`, messages: batch }));
    await producer.sendBatch({ acks: -1, topicMessages });
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry,
    });
    this.#producer = producer;
    await ensureTopics(this.#kafka, this.options.kafka, eventTopics(this.options.kafka));
    await producer.connect();
    return producer;
  }

  /** Closing waits for answers that may never come, so it happens in the background; it ends by the request's own limit. */
  async #giveUp(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    if (!producer) return;
    // What cannot be closed properly is gone already.
    const closed = producer.disconnect().catch(() => undefined);
    this.#closing.add(closed);
    void closed.then(() => this.#closing.delete(closed));
    if (this.#closing.size > closingAtMost) await Promise.race(this.#closing);
  }
}
