import { KafkaPublisher, type KafkaOptions, type TopicMessage } from '@harmony/messaging/kafka';
import kafkajs from 'kafkajs';

/** Sends batches one after the other, each acknowledged by the brokers before the next. */
export interface BatchSender {
  send(batch: readonly TopicMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** What the relay publishes with: idempotent, within a time limit. */
export function ourSender(options: KafkaOptions): BatchSender {
  const publisher = new KafkaPublisher({ kafka: options });
  return { send: (batch) => publisher.publish(batch), close: () => publisher.close() };
}

/** The client by itself, acknowledged by all replicas. */
export async function bareSender({ brokers, topicPrefix = '' }: KafkaOptions): Promise<BatchSender> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  return {
    send: async (batch) => {
      const topic = `${topicPrefix}${batch[0]?.topic ?? ''}`;
      const messages = batch.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } }));
      await producer.send({ topic, acks: -1, messages });
    },
    close: () => producer.disconnect(),
  };
}

/** @returns messages a second. */
export async function sendRate(sender: BatchSender, batches: readonly (readonly TopicMessage[])[]): Promise<number> {
  const start = performance.now();
  for (const batch of batches) await sender.send(batch);
  const messages = batches.reduce((sum, { length }) => sum + length, 0);
  return messages / ((performance.now() - start) / 1000);
}
