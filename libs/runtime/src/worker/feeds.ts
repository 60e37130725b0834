import type { EventType } from '@harmony/contracts';
import { LogFeed, type Feed } from '@harmony/messaging';
import type { Backends } from '../backends/backends.js';
import { kafkaOptions } from '../backends/kafka-options.js';
import { IdleFeed } from './idle-feed.js';

export type OpenFeed = (types: readonly EventType[]) => Feed;

/** Where a consumer's events come from: Kafka where brokers are configured, else the store's own log. */
export async function feedsOf(consumer: string, backends: Backends): Promise<OpenFeed> {
  const open = await feedsOfAny(consumer, backends);
  return (types) => (types.length === 0 ? new IdleFeed() : open(types));
}

async function feedsOfAny(consumer: string, backends: Backends): Promise<OpenFeed> {
  const { configuration, eventStore: events, database, logger } = backends;
  const kafka = kafkaOptions(configuration, logger);
  if (!kafka) return (types) => new LogFeed({ store: events, pool: database.worker, consumer, filter: { types } });
  const { KafkaFeed } = await import('@harmony/messaging/kafka');
  const group = `${kafka.topicPrefix ?? ''}harmony.${consumer}`;
  return () => new KafkaFeed({ kafka, group, events });
}
