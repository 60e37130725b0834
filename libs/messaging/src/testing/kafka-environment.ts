import { createTestDatabase } from '@harmony/testing';
import type { EventToAppend } from '@harmony/event-store';
import kafkajs, { type ISocketFactory } from 'kafkajs';
import type { FeedEnvironment, TestMessage, TestTopic } from '../contract-suite/environment.js';
import { KafkaFeed, type KafkaFeedOptions } from '../kafka/index.js';
import { deliveryOf } from '../log-feed/delivery.js';
import { migrateMessaging } from '../migrations/testing.js';
import { encode } from '../relay/cloud-event-message.js';
import { MemoryLog } from './memory-log.js';

export interface KafkaTopic extends TestTopic {
  /** On the cluster. */
  readonly name: string;
  publishText(key: string, text: string): Promise<void>;
  feed(consumer: string, overrides?: Partial<KafkaFeedOptions>): KafkaFeed;
}

export interface KafkaEnvironment extends FeedEnvironment {
  readonly kafka: kafkajs.Kafka;
  readonly log: MemoryLog;
  topic(name: string): Promise<KafkaTopic>;
}

export interface KafkaEnvironmentOptions {
  readonly partitions?: number;
  /** Of the feeds; the publisher goes straight to the brokers. */
  readonly socketFactory?: ISocketFactory;
}

/** A real broker with topics for tests: what is published is appended to a log in memory and relayed from there. */
export async function kafkaEnvironment(
  brokers: readonly string[],
  { partitions = 3, socketFactory }: KafkaEnvironmentOptions = {},
): Promise<KafkaEnvironment> {
  const database = await createTestDatabase();
  await migrateMessaging(database.pool);
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await Promise.all([admin.connect(), producer.connect()]);
  const log = new MemoryLog();

  const topic = async (name: string): Promise<KafkaTopic> => {
    await admin.createTopics({ topics: [{ topic: name, numPartitions: partitions }], waitForLeaders: true });
    const send = async (messages: { key: string; value: string }[]): Promise<void> => {
      await producer.send({ topic: name, acks: -1, messages });
    };
    return {
      name,
      publish: (messages) => send(messages.map((message) => relayed(log, message))),
      publishText: (key, value) => send([{ key, value }]),
      feed: (group, overrides) =>
        new KafkaFeed({
          kafka: { brokers, partitions, socketFactory },
          group,
          events: log,
          topics: [name],
          ...overrides,
        }),
    };
  };
  const close = async (): Promise<void> => {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
    await database.drop();
  };
  return { pool: database.pool, kafka, log, topic, close };
}

function relayed(log: MemoryLog, { key, event }: TestMessage): { key: string; value: string } {
  const encoded = encode(deliveryOf(log.append(key, event as unknown as EventToAppend)));
  if (typeof encoded === 'string') throw new Error(`A test publishes only what the relay would: ${encoded}`);
  return encoded.message;
}
