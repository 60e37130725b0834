/** The relay as its own process has it. */
import { PostgresEventStore } from '@harmony/event-store';
import { LogFeed, Relay } from '@harmony/messaging';
import { KafkaPublisher } from '@harmony/messaging/kafka';
import { openDatabase } from '@harmony/read-model';
import { stayAt } from './stay-at.mjs';

const { DATABASE_URL, KAFKA_BROKERS, TOPIC_PREFIX } = process.env;
const { worker: pool } = await openDatabase({ url: DATABASE_URL });
const store = PostgresEventStore.open({ pool });
const kafka = new KafkaPublisher({ kafka: { brokers: KAFKA_BROKERS.split(','), topicPrefix: TOPIC_PREFIX } });

process.stdout.write('started\n');
await new Relay({
  feed: new LogFeed({ store, pool, consumer: 'fault-relay', takeOverEveryMs: 50 }),
  publisher: {
    publish: async (messages) => {
      await kafka.publish(messages);
      await stayAt('published');
    },
    close: () => kafka.close(),
  },
}).run();
