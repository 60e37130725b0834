import { streamPrefixes, topicOf } from '@harmony/contracts';
import type { EventStore, RecordedEvent } from '@harmony/event-store';
import { LogFeed, Relay, type Publisher } from '@harmony/messaging';
import type { KafkaOptions, TopicMessage } from '@harmony/messaging/kafka';
import { reach } from '@harmony/testing';
import { assertSame, type BenchOptions, type Comparison } from '../harness/bench.js';
import { interleave } from '../harness/interleave.js';
import { bareConsume, ourConsume, type TimedConsume } from './kafka-consuming.js';
import { bareSender, ourSender, sendRate } from './kafka-producing.js';
import type { LogBus } from './log-bus.js';
import { fill } from './measure.js';
import { messageMaker, partitions, type Ledger } from './workload.js';

const target = 0.7;

interface KafkaPart {
  readonly comparisons: readonly Comparison[];
  readonly skipped?: readonly string[];
}

/** Our producer and feed against the bare client on the same broker. */
export async function compareOnKafka(log: LogBus, { quick, seed }: BenchOptions): Promise<KafkaPart> {
  const kafka = await reach('kafka');
  if (kafka.kind === 'skipped') return { comparisons: [], skipped: [`Kafka: ${kafka.reason}`] };
  try {
    const ledger = await fill([log], quick ? 4_000 : 50_000, messageMaker(seed));
    const options = { brokers: kafka.server.brokers, topicPrefix: `bench-${process.pid}-`, partitions };
    const batches = await relayedBatches(log, ledger);
    const repetitions = quick ? 1 : 5;
    const producing = await compareProducing(options, batches, repetitions);
    return { comparisons: [producing, ...(await compareConsuming(log, ledger, options, batches, repetitions))] };
  } finally {
    await kafka.stop();
  }
}

/** What the relay publishes for the log, batch by batch as it does. */
async function relayedBatches({ store, worker }: LogBus, ledger: Ledger): Promise<TopicMessage[][]> {
  const batches: TopicMessage[][] = [];
  const feed = new LogFeed({ store, pool: worker, consumer: `bench-relay-${process.pid}` });
  const publisher: Publisher = {
    publish: async (messages) => {
      batches.push([...messages]);
      if (batches.reduce((sum, { length }) => sum + length, 0) === ledger.size) void relay.stop();
    },
    close: async () => undefined,
  };
  const relay = new Relay({ feed, publisher });
  await relay.run();
  return batches;
}

async function compareProducing(
  options: KafkaOptions,
  batches: readonly TopicMessage[][],
  repetitions: number,
): Promise<Comparison> {
  const ours = ourSender({ ...options, topicPrefix: `${options.topicPrefix}produced-` });
  await ours.send(batches[0] ?? []);
  const bare = await bareSender({ ...options, topicPrefix: `${options.topicPrefix}produced-` });
  const rates = await interleave(
    { ours: () => sendRate(ours, batches), bare: () => sendRate(bare, batches) },
    repetitions,
  ).finally(() => Promise.all([ours.close(), bare.close()]));
  return {
    workload: `Kafka: produce, batches of ${batches[0]?.length ?? 0}`,
    ours: 'publisher of the relay',
    peer: 'bare kafkajs',
    unit: 'messages/s',
    ourRates: rates.ours,
    peerRates: rates.bare,
    target,
  };
}

async function compareConsuming(
  { store }: LogBus,
  ledger: Ledger,
  options: KafkaOptions,
  batches: readonly TopicMessage[][],
  repetitions: number,
): Promise<Comparison[]> {
  const sender = ourSender(options);
  await sendRate(sender, batches);
  await sender.close();
  const topic = `${options.topicPrefix}${topicOf(streamPrefixes.conversation) ?? ''}`;
  let runs = 0;
  const rate = (consume: TimedConsume) => async (): Promise<number> => {
    runs += 1;
    const tally = ledger.tally();
    const seconds = await consume(`bench-${process.pid}-${runs}`, tally);
    assertSame('the group saw everything', tally.isComplete, true);
    return ledger.size / seconds;
  };
  const rates = await interleave(
    {
      ours: rate(ourConsume(options, topic, await inMemory(store))),
      bare: rate(bareConsume(options, topic)),
      fromStore: rate(ourConsume(options, topic, store)),
    },
    repetitions,
  );
  const shared = { workload: 'Kafka: consume', peer: 'bare kafkajs', unit: 'messages/s', peerRates: rates.bare };
  return [
    { ...shared, ours: 'feed, events in memory', ourRates: rates.ours, target },
    { ...shared, ours: 'feed, events read from the store', ourRates: rates.fromStore },
  ];
}

/** The log held in memory, so that looking an event up costs nothing. */
async function inMemory(store: EventStore): Promise<Pick<EventStore, 'readStream'>> {
  const events = new Map<string, RecordedEvent[]>();
  for await (const batch of store.readLog()) {
    for (const event of batch.events) {
      const stream = events.get(event.streamId) ?? [];
      events.set(event.streamId, stream);
      stream.push(event);
    }
  }
  return {
    readStream: async function* (streamId, { from = 0, limit } = {}) {
      yield* events.get(streamId)?.slice(from, limit && from + limit) ?? [];
    },
  };
}
