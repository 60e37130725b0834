import { cloudEventSchema, type CloudEvent } from '@harmony/contracts';
import type { EventStore, EventToAppend } from '@harmony/event-store';
import { createTestDatabase, describeReachable, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { event } from '../contract-suite/harness.js';
import { KafkaFeed, KafkaPublisher, type KafkaOptions } from '../kafka/index.js';
import { LogFeed } from '../log-feed/index.js';
import { migrateMessaging } from '../migrations/testing.js';
import { Consumer } from '../runtime/consumer.js';
import { proxyInFrontOf, type BrokerProxy } from '../testing/broker-proxy.js';
import { MemoryLog } from '../testing/memory-log.js';
import { Relay, type Publisher } from './relay.js';

const timeout = 120_000;
const backoff = { firstMs: 20, maximumMs: 200 };

await describeReachable('kafka', 'the relay to Kafka', ({ brokers }) => {
  let database: TestDatabase;
  let proxy: BrokerProxy;
  let log: MemoryLog;
  let options: KafkaOptions;
  let consumer: string;
  let closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    proxy = await proxyInFrontOf(brokers);
    database = await createTestDatabase();
    await migrateMessaging(database.pool);
    await database.pool.query('create table effects (place bigint generated always as identity, run text, tag text)');
  }, timeout);

  beforeEach(() => {
    const run = randomUUID();
    log = new MemoryLog();
    consumer = `relay-${run}`;
    options = { brokers, topicPrefix: `${run}.`, partitions: 3, socketFactory: proxy.socketFactory };
  });

  afterEach(async () => {
    proxy.set({ kind: 'pass' });
    await Promise.all(closing.map((close) => close()));
    closing = [];
  }, timeout);

  afterAll(async () => {
    await database.drop();
    await proxy.close();
  }, timeout);

  const logFeed = (): LogFeed =>
    new LogFeed({
      store: log.store as unknown as EventStore,
      pool: database.pool,
      consumer,
      batchSize: 10,
      takeOverEveryMs: 20,
    });

  /** Unless asked for, no publish is given up: what is given up and had arrived all the same is published twice. */
  const start = (timeLimitMs = timeout): Relay => {
    const publisher = new KafkaPublisher({ kafka: options, timeLimitMs });
    const relay = new Relay({ feed: logFeed(), publisher, backoff });
    relay.run().catch(() => undefined);
    closing.push(() => relay.stop());
    return relay;
  };

  const append = (count: number, keys = 3, from = 0): void => {
    for (let index = 0; index < count; index += 1) {
      const tag = `${from + Math.floor(index / keys)}`;
      log.append(`conversation-k${index % keys}`, event(tag) as unknown as EventToAppend);
    }
  };

  /** What is on the topic, as any integrator's client reads it. */
  const listen = async (): Promise<{ key: string; headers: kafkajs.IHeaders; event: CloudEvent }[]> => {
    const messages: { key: string; headers: kafkajs.IHeaders; event: CloudEvent }[] = [];
    const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
    const reader = kafka.consumer({ groupId: `listener-${consumer}`, maxWaitTimeInMs: 100 });
    await reader.connect();
    await reader.subscribe({ topics: [`${options.topicPrefix}harmony.conversation.1`], fromBeginning: true });
    await reader.run({
      eachMessage: async ({ message: { key, value, headers = {} } }) => {
        const parsed = cloudEventSchema.parse(JSON.parse(value?.toString() ?? ''));
        messages.push({ key: key?.toString() ?? '', headers, event: parsed });
      },
    });
    closing.push(() => reader.disconnect());
    return messages;
  };

  /** Revisions in the order of their first arrival, by stream; what came again is left out, as by a consumer's inbox. */
  const firstArrivals = (messages: readonly { event: CloudEvent }[]): Map<string, number[]> => {
    const seen = new Set<string>();
    const byStream = new Map<string, number[]>();
    for (const { event: received } of messages) {
      if (seen.has(received.id)) continue;
      seen.add(received.id);
      byStream.set(received.subject, [...(byStream.get(received.subject) ?? []), received.streamrevision]);
    }
    return byStream;
  };

  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  it(
    'publishes every event once as a CloudEvent, in order within its stream, and remembers how far it came',
    async () => {
      append(30);
      const first = start();
      await eventually(async () => expect(await first.lag()).toBe(0));
      await first.stop();
      append(3, 3, 10);
      const second = start();
      await eventually(async () => expect(await second.lag()).toBe(0));
      const messages = await listen();
      await eventually(() => expect(messages).toHaveLength(33));
      expect([...firstArrivals(messages).values()]).toEqual([upTo(11), upTo(11), upTo(11)]);
      for (const { key, headers, event: received } of messages) {
        expect(key).toBe(received.subject);
        expect(headers['event-id']?.toString()).toBe(received.id);
        expect(headers['content-type']?.toString()).toBe('application/cloudevents+json; charset=UTF-8');
        expect(received.data).toEqual({ conversationId: expect.any(String) });
      }
    },
    timeout,
  );

  it(
    'publishes again with the same ids after a death between publish and mark; the effect at a consumer is one',
    async () => {
      append(12);
      const publisher = new KafkaPublisher({ kafka: options });
      const dying: Publisher = {
        publish: async (messages) => {
          await publisher.publish(messages);
          throw new Error('The process dies here.');
        },
        close: () => publisher.close(),
      };
      const died = new Relay({ feed: logFeed(), publisher: dying });
      await expect(died.run()).rejects.toThrow('The process dies here.');
      const relay = start();
      await eventually(async () => expect(await relay.lag()).toBe(0));

      const messages = await listen();
      await eventually(() => expect(messages).toHaveLength(22));
      expect(new Set(messages.map(({ event: received }) => received.id)).size).toBe(12);

      const effects = await effectsAtConsumer(12);
      expect(effects).toHaveLength(12);
      expect(new Set(effects).size).toBe(12);
    },
    timeout,
  );

  it(
    'is degraded while the brokers are away, then publishes everything that waited, in order',
    async () => {
      proxy.set({ kind: 'cut' });
      append(15);
      const relay = start();
      await eventually(() => expect(relay.health()).toMatchObject({ state: 'degraded' }));
      append(15, 3, 5);
      await eventually(() => expect(relay.health().failures).toBeGreaterThan(2));
      proxy.set({ kind: 'pass' });
      await eventually(async () => expect(await relay.lag()).toBe(0), { withinMs: 60_000 });
      expect(relay.health()).toEqual({ state: 'running', failures: 0 });
      const messages = await listen();
      await eventually(() => expect([...firstArrivals(messages).values()]).toEqual([upTo(10), upTo(10), upTo(10)]));
    },
    timeout,
  );

  it(
    'gives a publish up that is not answered, and holds one batch while it tries again',
    async () => {
      append(3);
      const relay = start(1_000);
      await eventually(async () => expect(await relay.lag()).toBe(0));
      proxy.set({ kind: 'half-open' });
      const before = process.memoryUsage().rss;
      append(3000, 3, 1);
      await eventually(() => expect(relay.health()).toMatchObject({ state: 'degraded', failures: 4 }), {
        withinMs: 60_000,
      });
      expect(relay.health().detail).toContain('no answer within 1000 ms');
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
      proxy.set({ kind: 'pass' });
      await eventually(async () => expect(await relay.lag()).toBe(0), { withinMs: 60_000 });
      const messages = await listen();
      await eventually(() =>
        expect([...firstArrivals(messages).values()].map(({ length }) => length)).toEqual([1001, 1001, 1001]),
      );
      for (const revisions of firstArrivals(messages).values()) expect(revisions).toEqual(upTo(1001));
    },
    timeout,
  );

  async function effectsAtConsumer(expected: number): Promise<string[]> {
    const feed = new KafkaFeed({ kafka: options, group: consumer, events: log });
    const receiver = new Consumer({
      consumer,
      feed,
      pool: database.pool,
      afterDeadLetter: 'continue',
      handlers: new Map([
        [
          'ConversationCompleted',
          async (received, context) =>
            context.once(async (transaction) => {
              await transaction.query('insert into effects (run, tag) values ($1, $2)', [consumer, received.id]);
            }),
        ],
      ]),
      monitorEveryMs: 50,
    });
    receiver.run().catch(() => undefined);
    closing.push(() => receiver.stop());
    await eventually(() => expect(receiver.health()).toMatchObject({ ready: true, lag: 0 }));
    return eventually(async () => {
      const sql = 'select tag from effects where run = $1';
      const { rows } = await database.pool.query<{ tag: string }>(sql, [consumer]);
      expect(rows.length).toBeGreaterThanOrEqual(expected);
      return rows.map(({ tag }) => tag);
    });
  }
});
