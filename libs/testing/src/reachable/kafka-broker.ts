import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { kafkaFolder, kafkaJars } from './kafka-jars.js';
import { freePort, run, startServer, type ServerProcess } from './processes.js';
import type { Skipped } from './servers.js';

/** A real Apache Kafka of one node (KRaft), on free loopback ports, with data in a temporary folder. */
export interface KafkaBroker {
  readonly kind: 'started';
  readonly brokers: readonly string[];
  /** SIGKILL, as a crash; the data stays. */
  kill9(): Promise<void>;
  /** Starts it again after {@link kill9} on the same port and data. */
  restart(): Promise<void>;
  /** Stops it and removes the data. */
  stop(): Promise<void>;
}

const javaOptions = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Starts a broker and resolves when it answers; `skipped` where Java or Maven is missing or the jars cannot be had.
 * @throws Error with the end of its log when it has everything and still does not start.
 * The jars come from Maven Central once and stay in `tools/kafka/target`.
 */
export async function startKafkaBroker(): Promise<KafkaBroker | Skipped> {
  const jars = await kafkaJars();
  if (jars.kind === 'skipped') return jars;
  const folder = await mkdtemp(join(tmpdir(), 'harmony-kafka-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const settings = join(folder, 'server.properties');
  const java = (...rest: string[]): string[] => [
    ...javaOptions,
    `-Dlog4j2.configurationFile=${join(kafkaFolder, 'log4j2.properties')}`,
    '-cp',
    jars.classPath,
    ...rest,
  ];
  const launch = (): Promise<ServerProcess> =>
    startServer('java', {
      options: java('kafka.Kafka', settings),
      logFile: join(folder, 'broker.log'),
      isReady: () => askBroker(address),
    });
  try {
    await writeFile(settings, serverProperties(port, await freePort(), join(folder, 'data')));
    // With the equals sign, since a random id may begin with a hyphen.
    const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`;
    const format = java('kafka.tools.StorageTool', 'format', clusterId, '--config', settings);
    await run('java', format, { withinMs: 60_000 });
    let broker = await launch();
    return {
      kind: 'started',
      brokers: [address],
      kill9: () => broker.kill('SIGKILL'),
      restart: async () => void (broker = await launch()),
      stop: async () => {
        await broker.kill('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function askBroker(address: string): Promise<void> {
  const client = new kafkajs.Kafka({
    brokers: [address],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

const serverProperties = (port: number, controllerPort: number, data: string): string =>
  [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    `log.dirs=${data}`,
    'auto.create.topics.enable=false',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    // A killed broker may come back as soon as its old session is over.
    'broker.session.timeout.ms=2000',
    'broker.heartbeat.interval.ms=300',
    'group.initial.rebalance.delay.ms=0',
    'group.min.session.timeout.ms=1000',
    '',
  ].join('\n');
