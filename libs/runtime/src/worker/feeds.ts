import type { EventType } from '@harmony/contracts';
import { KafkaFeed, LogFeed, type Feed } from '@harmony/messaging';
import type { Backends } from '../backends/backends.js';
import { kafkaOptions } from '../backends/kafka-options.js';
import { IdleFeed } from './idle-feed.js';

/** Where a service's events come from: Kafka where brokers are configured, else the store's own log. */
export function openFeed(consumer: string, types: readonly EventType[], backends: Backends): Feed {
  const { configuration, eventStore, database, logger } = backends;
  if (types.length === 0) return new IdleFeed();
  const kafka = kafkaOptions(configuration, logger);
  if (!kafka) return new LogFeed({ store: eventStore, pool: database.worker, consumer, filter: { types } });
  return new KafkaFeed({ kafka, group: `${kafka.topicPrefix ?? ''}harmony.${consumer}`, events: eventStore });
}
