import type { Redis } from 'ioredis';
import type { Bus, Consume } from './measure.js';
import type { RedisServer } from './redis-server.js';
import { partitions, publishers, type Tally } from './workload.js';

export interface RedisBus extends Bus {
  readonly byGroup: Consume;
  close(): void;
}

const streams = Array.from({ length: partitions }, (_, partition) => `bus:${partition}`);
const streamOf = (key: string): string => `bus:${Number(/\d+$/.exec(key)?.[0]) % partitions}`;
const readAtOnce = 500;

/** Messages in Redis streams, one a partition; consumer groups acknowledge after the effect. */
export function openRedisBus(server: RedisServer): RedisBus {
  const connections = Array.from({ length: publishers }, () => server.connect());
  const [admin = server.connect()] = connections;
  return {
    name: 'Redis streams, appendfsync always',
    publish: async (publisher, messages) => {
      const connection = connections[publisher] ?? admin;
      const pipeline = connection.pipeline();
      for (const { key, event } of messages)
        pipeline.xadd(streamOf(key), '*', 'key', key, 'event', JSON.stringify(event));
      const replies = await pipeline.exec();
      for (const [error] of replies ?? []) if (error) throw error;
    },
    stored: async () => {
      const lengths = await Promise.all(streams.map((stream) => admin.xlen(stream)));
      return lengths.reduce((sum, length) => sum + length, 0);
    },
    clear: async () => void (await admin.flushall()),
    byGroup: async (group, tally) => {
      const connection = server.connect();
      try {
        for (const stream of streams) await connection.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
        while (!tally.isComplete) await consumeSome(connection, group, tally);
      } finally {
        connection.disconnect();
      }
    },
    close: () => connections.forEach((connection) => connection.disconnect()),
  };
}

/** Of each stream its entries, of each entry its id and its fields. */
type Reply = readonly [stream: string, entries: readonly [id: string, fields: readonly string[]][]][] | null;

async function consumeSome(connection: Redis, group: string, tally: Tally): Promise<void> {
  // The shape is the protocol's; checking each of 300,000 entries would slow the peer down.
  const reply = (await connection.xreadgroup(
    'GROUP',
    group,
    'one',
    'COUNT',
    readAtOnce,
    'STREAMS',
    ...streams,
    ...streams.map(() => '>'),
  )) as Reply;
  const acknowledge = connection.pipeline();
  for (const [stream, entries] of reply ?? []) {
    for (const [, fields] of entries) tally.take(idOf(fields));
    if (entries.length > 0) acknowledge.xack(stream, group, ...entries.map(([id]) => id));
  }
  for (const [error] of (await acknowledge.exec()) ?? []) if (error) throw error;
}

const idOf = (fields: readonly string[]): string => (JSON.parse(fields[3] ?? 'null') as { id: string }).id;
