import { assertSame } from '../harness/bench.js';
import { groups, Ledger, publishers, type Message, type MessageMaker, type Tally } from './workload.js';

/** Something durable that messages go through. */
export interface Bus {
  readonly name: string;
  /** Resolves when the messages, all of one key, are on disk; in one request. */
  publish(publisher: number, messages: readonly Message[]): Promise<void>;
  /** How many messages are stored. */
  stored(): Promise<number>;
  /** Forgets all messages. */
  clear(): Promise<void>;
}

/** Reads everything as one consumer group from the beginning; resolves when all is tallied and committed. */
export type Consume = (group: string, tally: Tally) => Promise<void>;

export interface PublishLoad {
  readonly batchSize: number;
  readonly milliseconds: number;
  readonly makeMessage: MessageMaker;
}

/** Publishes as fast as the publishers can, each waiting for its reply. @returns messages a second. */
export async function publishRate(bus: Bus, { batchSize, milliseconds, makeMessage }: PublishLoad): Promise<number> {
  await bus.clear();
  const start = performance.now();
  const publish = async (publisher: number): Promise<number> => {
    let count = 0;
    for (; performance.now() - start < milliseconds; count += batchSize) {
      const key = count / batchSize;
      await bus.publish(
        publisher,
        Array.from({ length: batchSize }, () => makeMessage(publisher, key)),
      );
    }
    return count;
  };
  const counts = await Promise.all(Array.from({ length: publishers }, (_, publisher) => publish(publisher)));
  const seconds = (performance.now() - start) / 1000;
  const acknowledged = counts.reduce((sum, count) => sum + count, 0);
  assertSame(`messages in ${bus.name}`, await bus.stored(), acknowledged);
  return acknowledged / seconds;
}

const fillBatch = 50;

/** Puts so many messages into empty buses, the same ones into each. */
export async function fill(buses: readonly Bus[], messages: number, makeMessage: MessageMaker): Promise<Ledger> {
  for (const bus of buses) await bus.clear();
  const ledger = new Ledger();
  const perPublisher = messages / publishers;
  const publish = async (publisher: number): Promise<void> => {
    for (let count = 0; count < perPublisher; count += fillBatch) {
      const length = Math.min(fillBatch, perPublisher - count);
      const batch = Array.from({ length }, () => makeMessage(publisher, count / fillBatch));
      batch.forEach((message) => ledger.add(message));
      for (const bus of buses) await bus.publish(publisher, batch);
    }
  };
  await Promise.all(Array.from({ length: publishers }, (_, publisher) => publish(publisher)));
  return ledger;
}

let runs = 0;

/** Consumes everything in several groups at once, each new. @returns messages a second, over all groups. */
export async function consumeRate(ledger: Ledger, consume: Consume): Promise<number> {
  runs += 1;
  const names = Array.from({ length: groups }, (_, group) => `bench-${runs}-${group}`);
  const start = performance.now();
  await Promise.all(names.map((name) => consume(name, ledger.tally())));
  return (groups * ledger.size) / ((performance.now() - start) / 1000);
}
