import { afterEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { eventually } from '../eventually.js';
import { startKafkaBroker, type KafkaBroker } from './kafka-broker.js';
import { reach } from './reach.js';

describe('reaching a server for tests', () => {
  it('takes the one that a variable gives and leaves it running', async () => {
    const answer = await reach('kafka', { KAFKA_BROKERS: 'one:9092,two:9092' });
    expect(answer).toMatchObject({ via: 'environment', server: { brokers: ['one:9092', 'two:9092'] } });
  });

  it('says every reason where there is none', async () => {
    const answer = await reach('eventstore', {});
    if (answer.kind === 'reached') return answer.stop();
    expect(answer.reason).toMatch(/^EVENTSTORE_URL is not set, no Docker engine answers, EventStoreDB/);
  }, 120_000);
});

const broker = await startKafkaBroker();
const title = 'the local Kafka broker';

if (broker.kind === 'skipped') describe(title, () => it.skip(`is skipped: ${broker.reason}`, () => undefined));
else describe(title, () => testsOf(broker));

function testsOf(started: KafkaBroker): void {
  afterEach(() => started.stop(), 60_000);

  it('keeps its messages over a kill -9', async () => {
    const kafka = new kafkajs.Kafka({ brokers: [...started.brokers], logLevel: kafkajs.logLevel.NOTHING });
    const admin = kafka.admin();
    const producer = kafka.producer();
    await producer.connect();
    await admin.createTopics({ topics: [{ topic: 'kept' }] });
    await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'one' }] });
    await started.kill9();
    await started.restart();
    const [partition] = await eventually(() => admin.fetchTopicOffsets('kept'));
    expect(partition?.high).toBe('1');
    await producer.disconnect();
    await admin.disconnect();
  }, 120_000);
}
