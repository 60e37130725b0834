import { HarmonyError, topics } from '@harmony/contracts';
import { LogFeed, Relay } from '@harmony/messaging';
import type { Backends } from '../backends/backends.js';
import { kafkaOptions } from '../backends/kafka-options.js';

const lagEveryMs = 10_000;

/** Copies the log to Kafka. Brokers that are away make it degraded, not the process unready: events wait in the log. */
export async function startRelay(backends: Backends): Promise<{ close(): Promise<void> }> {
  const { configuration, database, eventStore, logger, metrics, health } = backends;
  const kafka = kafkaOptions(configuration, logger);
  if (!kafka) throw new HarmonyError('INVALID_CONFIGURATION', { detail: 'The relay needs KAFKA_BROKERS.' });
  const { KafkaPublisher } = await import('@harmony/messaging/kafka');
  const streamPrefixes = Object.keys(topics).map((area) => `${area}-`);
  const relay = new Relay({
    feed: new LogFeed({ store: eventStore, pool: database.worker, consumer: 'relay', filter: { streamPrefixes } }),
    publisher: new KafkaPublisher({ kafka }),
    observer: {
      published: (messages) => metrics.relayPublished(messages),
      retried: (error) => {
        metrics.relayRetried();
        logger.warn({ error }, 'the brokers did not take a batch; it is tried again');
      },
      incomplete: (what, origin) => logger.error({ what, origin }, 'an event was not relayed whole'),
    },
  });
  relay.run().catch((error: unknown) => backends.lost('the relay', error));
  health.register({
    name: 'bus',
    required: false,
    check: () => {
      const { state, detail } = relay.health();
      if (state !== 'running')
        throw new HarmonyError('BROKER_UNAVAILABLE', { detail: detail ?? `the relay is ${state}` });
    },
  });
  const sample = (): void =>
    void relay.lag().then(
      (lag) => metrics.relayLag(lag ?? 0),
      () => undefined,
    );
  const timer = setInterval(sample, lagEveryMs);
  return {
    close: async () => {
      clearInterval(timer);
      await relay.stop();
    },
  };
}
