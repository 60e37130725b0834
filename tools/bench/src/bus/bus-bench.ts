import type { Bench, BenchOptions, BenchResult, Comparison } from '../harness/bench.js';
import { payloadBytes } from '../harness/events.js';
import { withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { withPostgres } from '../harness/postgres.js';
import { compareOnKafka } from './kafka-part.js';
import { openLogBus, type LogBus } from './log-bus.js';
import { consumeRate, fill, publishRate } from './measure.js';
import { openRedisBus, type RedisBus } from './redis-bus.js';
import { startRedis, type RedisServer } from './redis-server.js';
import { groups, keys, messageMaker, partitions, publishers } from './workload.js';

/** Bars of BM6 against a durable Redis. */
const targets = { single: 0.55, batches: 0.7, feed: 1.15, runtime: 0.7 };

/** The log of the store as a message bus against Redis streams. */
export const busBench: Bench = {
  title:
    'messages per second through the log of the store, against Redis streams with appendfsync always; the Kafka feed against kafkajs',
  run: (options) => withFolder((folder) => run(folder, options)),
};

async function run(folder: string, options: BenchOptions): Promise<BenchResult> {
  const redis = await startRedis(folder);
  try {
    return await withPostgres(4, async (database) => {
      const log = await openLogBus(database);
      try {
        const onRedis = redis ? await compareWithRedis(log, redis, options) : [];
        const onKafka = await compareOnKafka(log, options);
        const skipped = [...(redis ? [] : ['Redis: redis-server is not installed']), ...(onKafka.skipped ?? [])];
        return {
          comparisons: [...onRedis, ...onKafka.comparisons],
          ...(skipped.length > 0 && { skipped }),
          checks: [
            'every message that was acknowledged is stored',
            'every group saw every message exactly once, in order within its key',
          ],
          facts: {
            ...{ payloadBytes, keys, partitions, groups, publishers, postgres: database.version },
            redis: redis?.version ?? 'none',
          },
        };
      } finally {
        await log.close();
      }
    });
  } finally {
    await redis?.stop();
  }
}

async function compareWithRedis(log: LogBus, server: RedisServer, options: BenchOptions): Promise<Comparison[]> {
  const redis = openRedisBus(server);
  try {
    return [...(await comparePublishing(log, redis, options)), ...(await compareConsuming(log, redis, options))];
  } finally {
    redis.close();
  }
}

async function comparePublishing(log: LogBus, redis: RedisBus, { quick, seed }: BenchOptions): Promise<Comparison[]> {
  const makeMessage = messageMaker(seed);
  const comparisons: Comparison[] = [];
  for (const [batchSize, target] of [
    [1, targets.single],
    [100, targets.batches],
  ] as const) {
    const load = { batchSize, makeMessage, milliseconds: quick ? 500 : 5_000 };
    const rates = await interleave(
      { ours: () => publishRate(log, load), redis: () => publishRate(redis, load) },
      quick ? 1 : 5,
    );
    const workload = `${publishers} publishers, ${batchSize === 1 ? 'one by one' : `batches of ${batchSize}`}`;
    comparisons.push({
      ...against(redis),
      workload,
      ours: log.name,
      ourRates: rates.ours,
      peerRates: rates.redis,
      target,
    });
  }
  return comparisons;
}

async function compareConsuming(log: LogBus, redis: RedisBus, { quick, seed }: BenchOptions): Promise<Comparison[]> {
  const ledger = await fill([log, redis], quick ? 4_000 : 100_000, messageMaker(seed));
  const rates = await interleave(
    {
      feed: () => consumeRate(ledger, log.byFeed),
      redis: () => consumeRate(ledger, redis.byGroup),
      runtime: () => consumeRate(ledger, log.byRuntime),
    },
    quick ? 1 : 5,
  );
  const shared = { ...against(redis), workload: `consume, ${groups} groups`, peerRates: rates.redis };
  return [
    { ...shared, ours: 'feed, commit after effect', ourRates: rates.feed, target: targets.feed },
    { ...shared, ours: 'runtime with inbox', ourRates: rates.runtime, target: targets.runtime },
  ];
}

const against = ({ name }: RedisBus): Pick<Comparison, 'peer' | 'unit'> => ({ peer: name, unit: 'messages/s' });
