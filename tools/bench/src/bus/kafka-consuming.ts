import type { EventStore } from '@harmony/event-store';
import { KafkaFeed, type KafkaOptions } from '@harmony/messaging/kafka';
import kafkajs, { type EachBatchPayload } from 'kafkajs';
import { consumeFeed } from './consume.js';
import type { Tally } from './workload.js';

/** Joining a group takes seconds that say nothing about messages; so time runs from the first message on. */
class Stopwatch {
  #began: number | undefined;

  constructor(private readonly tally: Tally) {}

  take(id: string | undefined): void {
    this.#began ??= performance.now();
    this.tally.take(id);
  }

  get isComplete(): boolean {
    return this.tally.isComplete;
  }

  get seconds(): number {
    return (performance.now() - (this.#began ?? performance.now())) / 1000;
  }
}

/** Consumes everything as one new group. @returns the seconds from the first message to the commit of the last. */
export type TimedConsume = (group: string, tally: Tally) => Promise<number>;

/** Our feed; `events` is where the events are that messages point to. */
export const ourConsume =
  (kafka: KafkaOptions, topic: string, events: Pick<EventStore, 'readStream'>): TimedConsume =>
  async (group, tally) => {
    const watch = new Stopwatch(tally);
    const feed = new KafkaFeed({ kafka, group, events, topics: [topic] });
    let seconds = 0;
    await consumeFeed(feed, watch, () => (seconds = watch.seconds));
    return seconds;
  };

/** The client by itself: parse, take effect, commit. */
export const bareConsume =
  ({ brokers }: KafkaOptions, topic: string): TimedConsume =>
  async (groupId, tally) => {
    const watch = new Stopwatch(tally);
    const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const done = new Promise<number>((resolve, reject) => {
      const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
        const { batch } = payload;
        for (const { value } of batch.messages) watch.take(idOf(value));
        payload.resolveOffset(batch.lastOffset());
        await payload.commitOffsetsIfNecessary({
          topics: [{ topic, partitions: [{ partition: batch.partition, offset: nextOf(batch.lastOffset()) }] }],
        });
        if (watch.isComplete) resolve(watch.seconds);
      };
      const insist = (payload: EachBatchPayload): Promise<void> => eachBatch(payload).catch(reject);
      consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: insist }).catch(reject);
    });
    return done.finally(() => consumer.disconnect());
  };

const idOf = (value: Buffer | null): string => (JSON.parse(value?.toString() ?? 'null') as { id: string }).id;
const nextOf = (offset: string): string => (BigInt(offset) + 1n).toString();
