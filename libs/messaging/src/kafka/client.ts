import { topics } from '@harmony/contracts';
import kafkajs, { type ISocketFactory, type Kafka, type SASLOptions } from 'kafkajs';

/** How to reach a Kafka cluster, and what Harmony may do there. */
export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly clientId?: string;
  readonly tls?: boolean;
  readonly sasl?: SASLOptions;
  /** In front of every topic name, for a cluster that several installations share. */
  readonly topicPrefix?: string;
  /** Create missing topics with this many partitions; 0 where an administrator makes them. */
  readonly partitions?: number;
  /** How connections are opened; absent: directly. */
  readonly socketFactory?: ISocketFactory;
  /** Gets what the client warns of; addresses and group names, never data. */
  readonly log?: (level: 'warn' | 'error', message: string) => void;
}

export const defaultPartitions = 6;

/** Milliseconds after which a request that got no answer counts as failed. */
export const requestTimeoutMs = 10_000;

/** Few and short: whoever uses the client has a retry of its own, with a fresh connection. */
export const retry = { initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.5, multiplier: 2, retries: 3 };

export function kafkaClient(options: KafkaOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...options.brokers],
    clientId: options.clientId ?? 'harmony',
    ssl: options.tls ?? false,
    sasl: options.sasl,
    connectionTimeout: 5_000,
    requestTimeout: requestTimeoutMs,
    retry,
    socketFactory: options.socketFactory,
    logLevel: options.log ? kafkajs.logLevel.WARN : kafkajs.logLevel.NOTHING,
    logCreator: () => (entry) => {
      const level = entry.level === kafkajs.logLevel.ERROR ? 'error' : 'warn';
      options.log?.(level, `${entry.namespace}: ${entry.log.message}`);
    },
  });
}

/** The name of a topic of the catalogue on this cluster. */
export const topicName = (options: KafkaOptions, topic: string): string => `${options.topicPrefix ?? ''}${topic}`;

/** Every topic that the relay writes to, as named on this cluster. */
export const eventTopics = (options: KafkaOptions): string[] =>
  Object.values(topics).map((topic) => topicName(options, topic));

/** Creates the topics that are missing, where that is wanted; the broker decides on replicas. */
export async function ensureTopics(kafka: Kafka, options: KafkaOptions, names: readonly string[]): Promise<void> {
  const numPartitions = options.partitions ?? defaultPartitions;
  if (numPartitions === 0) return;
  const admin = kafka.admin();
  try {
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const missing = names.filter((name) => !there.has(name));
    if (missing.length === 0) return;
    await admin.createTopics({ topics: missing.map((topic) => ({ topic, numPartitions, replicationFactor: -1 })) });
  } finally {
    await admin.disconnect();
  }
}
