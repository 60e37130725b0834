import { HarmonyError } from '@harmony/contracts';
import { describeReachable, eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { event } from '../contract-suite/harness.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import type { Delivery, EventHandler } from '../port.js';
import type { KafkaFeed, KafkaFeedOptions } from './kafka-feed.js';
import { Consumer } from '../runtime/consumer.js';
import type { ConsumerOptions } from '../runtime/options.js';
import { kafkaEnvironment, type KafkaEnvironment, type KafkaTopic } from '../testing/kafka-environment.js';
import { proxyInFrontOf, type BrokerProxy } from '../testing/broker-proxy.js';

const timeout = 120_000;

/** So many that each member's partitions hold some of them, wherever they hash to. */
const keysForAllMembers = 48;

await describeReachable('kafka', 'the Kafka feed when something goes wrong', ({ brokers }) => {
  let environment: KafkaEnvironment;
  let proxy: BrokerProxy;
  let topic: KafkaTopic;
  let group: string;
  let effects: string;
  let closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    proxy = await proxyInFrontOf(brokers);
    environment = await kafkaEnvironment(brokers, { socketFactory: proxy.socketFactory });
  }, timeout);

  beforeEach(async () => {
    const name = randomUUID().replaceAll('-', '');
    group = `faults-${name}`;
    effects = `effects_${name}`;
    topic = await environment.topic(`conversation-${name}`);
    const columns = 'place bigint generated always as identity, key text, number int';
    await environment.pool.query(`create table ${effects} (${columns})`);
  }, timeout);

  afterEach(async () => {
    proxy.set({ kind: 'pass' });
    await Promise.all(closing.map((close) => close()));
    closing = [];
  }, timeout);

  afterAll(async () => {
    await environment.close();
    await proxy.close();
  }, timeout);

  /** New streams for each test: their log is common. */
  const streamOf = (key: number): string => `conversation-${group}-${key}`;

  const effect: EventHandler = async (received, context) => {
    const { conversationId } = received.data as { conversationId: string };
    await context.once(async (transaction) => {
      const row = [conversationId, Number(received.correlationId)];
      await transaction.query(`insert into ${effects} (key, number) values ($1, $2)`, row);
    });
  };

  const start = (overrides: Partial<ConsumerOptions> = {}): Consumer => {
    const consumer = new Consumer({
      consumer: group,
      feed: topic.feed(group, { sliceSize: 10 }),
      pool: environment.pool,
      handlers: new Map([['ConversationCompleted', effect]]),
      afterDeadLetter: 'continue',
      concurrency: 4,
      inFlight: { messages: 20, bytes: 1e9 },
      commitEveryMs: 5,
      monitorEveryMs: 50,
      ...overrides,
    });
    closing.push(() => consumer.stop());
    consumer.run().catch(() => undefined);
    return consumer;
  };

  /** Publishes to the keys by turns: the data names the key, the correlation id is the number within the key. */
  const publish = (count: number, keys: number, from = 0): Promise<void> =>
    topic.publish(
      Array.from({ length: count }, (_, index) => {
        const conversationId = `00000000-0000-4000-8000-${String(index % keys).padStart(12, '0')}`;
        const number = from + Math.floor(index / keys);
        return { key: streamOf(index % keys), event: event(`${number}`, { data: { conversationId } }) };
      }),
    );

  interface Opened {
    readonly feed: KafkaFeed;
    next(): Promise<readonly Delivery[]>;
  }

  /** A feed without the runtime. */
  const open = (overrides: Partial<KafkaFeedOptions> = {}): Opened => {
    const feed = topic.feed(group, overrides);
    const batches = feed.deliveries(new AbortController().signal)[Symbol.asyncIterator]();
    closing.push(() => feed.close());
    return { feed, next: async () => ((await batches.next()).value as readonly Delivery[] | undefined) ?? [] };
  };

  const numbersByKey = async (): Promise<Map<string, number[]>> => {
    const sql = `select key, number from ${effects} order by place`;
    const { rows } = await environment.pool.query<{ key: string; number: number }>(sql);
    const byKey = new Map<string, number[]>();
    for (const { key, number } of rows) byKey.set(key, [...(byKey.get(key) ?? []), number]);
    return byKey;
  };

  const countEffects = async (): Promise<number> => [...(await numbersByKey()).values()].flat().length;

  const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

  it(
    'has every effect once and in order within its key, although members join and leave in mid batch',
    async () => {
      const keys = keysForAllMembers;
      let published = 15;
      await publish(published * keys, keys);
      // Nothing of the first member is committed, so that a rebalance delivers all of it again.
      const again: string[] = [];
      const skipped = (_: string, reason: string): void => void again.push(reason);
      start({ commitEveryMs: 600_000, observer: { skipped } });
      await eventually(async () => expect(await countEffects()).toBeGreaterThan(20));
      const handledBySecond: string[] = [];
      const second = start({ observer: { handled: (_, type) => handledBySecond.push(type), skipped } });
      await eventually(
        async () => {
          await publish(5 * keys, keys, published);
          published += 5;
          expect(handledBySecond.length).toBeGreaterThan(5);
        },
        { withinMs: 60_000, everyMs: 100 },
      );
      await second.stop();
      await publish(5 * keys, keys, published);
      published += 5;
      await eventually(async () => expect(await countEffects()).toBeGreaterThanOrEqual(published * keys), {
        withinMs: 60_000,
      });
      for (const numbers of (await numbersByKey()).values()) expect(numbers).toEqual(upTo(published));
      expect(again).toContain('handled-before');
    },
    timeout,
  );

  it(
    'has no second effect when the offsets are reset and everything is delivered again',
    async () => {
      await publish(1000, 5);
      const first = start({ concurrency: 16, inFlight: { messages: 500, bytes: 1e9 } });
      await eventually(async () => expect(await countEffects()).toBe(1000), { withinMs: 60_000 });
      const before = await numbersByKey();
      await first.stop();
      const admin = environment.kafka.admin();
      await admin.connect();
      await eventually(() => admin.resetOffsets({ groupId: group, topic: topic.name, earliest: true }));
      await admin.disconnect();
      const skipped: string[] = [];
      start({ observer: { skipped: (_, reason) => skipped.push(reason) } });
      await eventually(() => expect(skipped).toHaveLength(1000), { withinMs: 60_000 });
      expect(new Set(skipped)).toEqual(new Set(['handled-before']));
      expect(await numbersByKey()).toEqual(before);
    },
    timeout,
  );

  it(
    'keeps poison whole as dead letters: no JSON, an event that is not in the log, a bare event; the partition goes on',
    async () => {
      const bare = event('forged');
      await topic.publishText(streamOf(0), '{"specversion": "1.0", ');
      await topic.publishText(streamOf(0), JSON.stringify(bare));
      await publish(5, 1);
      start();
      await eventually(async () => expect(await countEffects()).toBe(5));
      const letters = await new DeadLetters(environment.pool).list({ consumer: group });
      expect(letters.map(({ raw, causeCode }) => ({ raw, causeCode }))).toEqual([
        { raw: '{"specversion": "1.0", ', causeCode: 'UNDECODABLE_EVENT' },
        { raw: JSON.stringify(bare), causeCode: 'UNDECODABLE_EVENT' },
      ]);
    },
    timeout,
  );

  it(
    'skips what was recorded in a stream that is deleted by now, and commits beyond it',
    async () => {
      await publish(4, 2);
      environment.log.delete(streamOf(1));
      const skipped: string[] = [];
      const consumer = start({ observer: { skipped: (_, reason) => skipped.push(reason) } });
      await eventually(async () => expect(await countEffects()).toBe(2));
      await eventually(() => expect(consumer.health()).toMatchObject({ ready: true, lag: 0 }));
      expect(skipped).toEqual(['unknown-type', 'unknown-type']);
    },
    timeout,
  );

  it(
    'waits for a log that does not answer, without being put out of the group',
    async () => {
      environment.log.failure = new HarmonyError('STORE_UNAVAILABLE');
      await publish(3, 1);
      const consumer = start();
      const lookedUp = environment.log.failures;
      await eventually(() => expect(environment.log.failures).toBeGreaterThan(lookedUp + 3));
      environment.log.failure = undefined;
      await eventually(async () => expect(await countEffects()).toBe(3), { withinMs: 60_000 });
      expect(consumer.health().ready).toBe(true);
    },
    timeout,
  );

  it.each(['cut', 'half-open'] as const)(
    'joins again by itself after the network was %s',
    async (kind) => {
      await publish(10, 2);
      const consumer = start({ stalledAfterMs: 500 });
      await eventually(async () => expect(await countEffects()).toBe(10));
      proxy.set({ kind });
      await publish(10, 2, 5);
      await eventually(() => expect(consumer.health().ready).toBe(false), { withinMs: 60_000 });
      proxy.set({ kind: 'pass' });
      await eventually(async () => expect(await countEffects()).toBe(20), { withinMs: 60_000 });
      for (const numbers of (await numbersByKey()).values()) expect(numbers).toEqual(upTo(10));
    },
    timeout,
  );

  it(
    'starts while the brokers are away and joins when they come',
    async () => {
      proxy.set({ kind: 'cut' });
      await publish(5, 1);
      const consumer = start();
      await eventually(() => expect(consumer.health().ready).toBe(false));
      proxy.set({ kind: 'pass' });
      await eventually(async () => expect(await countEffects()).toBe(5), { withinMs: 60_000 });
    },
    timeout,
  );

  it(
    'reads no more from the log than the caller takes, but for two slices',
    async () => {
      await publish(500, 5);
      const before = environment.log.lookedUp;
      const batches = open({ sliceSize: 10 });
      expect(await batches.next()).toHaveLength(10);
      await eventually(() => expect(environment.log.lookedUp - before).toBe(30));
      expect(await batches.next()).toHaveLength(10);
      await eventually(() => expect(environment.log.lookedUp - before).toBe(40));
    },
    timeout,
  );

  it(
    'does nothing on a commit for what was delivered before a rebalance',
    async () => {
      await publish(keysForAllMembers, keysForAllMembers);
      const first = open();
      const [before] = await first.next();
      if (!before) throw new Error('Nothing was delivered.');
      // The second member can only be given something by a rebalance that the first one has joined, too.
      await open().next();
      await first.feed.commit(before.partition, before.offset);
      const admin = environment.kafka.admin();
      await admin.connect();
      const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic.name] });
      expect(committed?.partitions.map(({ offset }) => offset)).toEqual(['-1', '-1', '-1']);
      await admin.disconnect();
    },
    timeout,
  );
});
