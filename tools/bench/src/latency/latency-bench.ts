import { reach } from '@harmony/testing';
import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult, Figure } from '../harness/bench.js';
import { startHarmony, withFolder } from '../harness/harmony.js';
import { percentile } from '../harness/statistics.js';
import { measureLatency, submissionsPerSecond, type Latencies } from './measure.js';
import { notifyLatencies } from './notify-floor.js';
import { lengthenLog, whileRebuilding } from './rebuilds.js';

const limits = { p50: 25, p99: 100 };
const limitsWhileRebuilding = { p99: 1_000 };
const warmUpSeconds = 3;

/** How soon a listener hears of what was submitted, at rest and while the read model is rebuilt; with Kafka beside it. */
export const latencyBench: Bench = {
  title: 'milliseconds from the reply of a command to the subscription message, also while a rebuild runs',
  run: (options) => withFolder((folder) => run(folder, options)),
};

async function run(folder: string, { quick, seed }: BenchOptions): Promise<BenchResult> {
  const [seconds, events] = quick ? [3, 5_000] : [30, 200_000];
  const floor = await notifyLatencies(quick ? 200 : 5_000);
  const embedded = await measureEmbedded(join(folder, 'embedded'), { seconds, events, seed });
  const kafka = await measureKafka(join(folder, 'kafka'), seconds);
  return {
    comparisons: [],
    figures: [
      ...figuresOf('embedded', embedded.atRest, limits),
      ...figuresOf('embedded, while rebuilding', embedded.rebuilding, limitsWhileRebuilding),
      ...kafka.figures,
      ...percentiles('floor', 'pg_notify to LISTEN', floor),
    ],
    ...(kafka.skipped && { skipped: [kafka.skipped] }),
    checks: ['every conversation that was acknowledged was heard of, up to COMPLETED'],
    facts: { submissionsPerSecond, eventsPerSecond: submissionsPerSecond * 4, rebuilds: embedded.rebuilds, events },
  };
}

interface Load {
  readonly seconds: number;
  /** In the log before the measurement, for the rebuild to have something to do. */
  readonly events: number;
  readonly seed: number;
}

async function measureEmbedded(
  dataDirectory: string,
  { seconds, events, seed }: Load,
): Promise<{ atRest: Latencies; rebuilding: Latencies; rebuilds: number }> {
  const harmony = await startHarmony(dataDirectory);
  try {
    await lengthenLog(dataDirectory, events, seed);
    await measureLatency(harmony, warmUpSeconds);
    const atRest = await measureLatency(harmony, seconds);
    const { result, rebuilds } = await whileRebuilding(dataDirectory, () => measureLatency(harmony, seconds));
    return { atRest, rebuilding: result, rebuilds };
  } finally {
    await harmony.stop();
  }
}

async function measureKafka(
  dataDirectory: string,
  seconds: number,
): Promise<{ readonly figures: readonly Figure[]; readonly skipped?: string }> {
  const kafka = await reach('kafka');
  if (kafka.kind === 'skipped') return { figures: [], skipped: `latency over Kafka: ${kafka.reason}` };
  try {
    const harmony = await startHarmony(dataDirectory, {
      KAFKA_BROKERS: kafka.server.brokers.join(','),
      KAFKA_TOPIC_PREFIX: `bench-${process.pid}`,
    });
    try {
      await measureLatency(harmony, warmUpSeconds);
      return { figures: figuresOf('with Kafka', await measureLatency(harmony, seconds)) };
    } finally {
      await harmony.stop();
    }
  } finally {
    await kafka.stop();
  }
}

type Limits = Readonly<Partial<Record<'p50' | 'p99', number>>>;

const figuresOf = (
  workload: string,
  { replyToMessage, requestToCompleted }: Latencies,
  most: Limits = {},
): Figure[] => [
  ...percentiles(workload, 'reply to message', replyToMessage, most),
  ...percentiles(workload, 'request to COMPLETED', requestToCompleted),
];

const percentiles = (workload: string, what: string, values: readonly number[], most: Limits = {}): Figure[] =>
  (['p50', 'p99'] as const).map((name) => ({
    workload,
    what: `${what}, ${name}`,
    unit: 'ms',
    values: [percentile(values, Number(name.slice(1)))],
    limit: most[name],
  }));
