import { startPostgresServer } from '../postgres-server.js';
import { reachByDocker } from './containers.js';
import { startKafkaBroker } from './kafka-broker.js';
import { startMinio } from './minio-server.js';
import { skipped, type Reached, type ServerName, type Servers, type Skipped } from './servers.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface Ways<Name extends ServerName> {
  /** The variable that gives a server, for the reason. */
  readonly variable: string;
  given(environment: Environment): Servers[Name] | undefined;
  local(): Promise<Reached<Name> | Skipped>;
}

const given = (url: string | undefined): { url: string } | undefined => (url ? { url } : undefined);

const ways: { readonly [Name in ServerName]: Ways<Name> } = {
  eventstore: {
    variable: 'EVENTSTORE_URL',
    given: ({ EVENTSTORE_URL }) => given(EVENTSTORE_URL),
    local: async () => skipped('EventStoreDB comes in no package that could be started here'),
  },
  kafka: {
    variable: 'KAFKA_BROKERS',
    given: ({ KAFKA_BROKERS }) => (KAFKA_BROKERS ? { brokers: KAFKA_BROKERS.split(',') } : undefined),
    local: async () => {
      const broker = await startKafkaBroker();
      if (broker.kind === 'skipped') return broker;
      return { kind: 'reached', via: 'local', server: { brokers: broker.brokers }, stop: () => broker.stop() };
    },
  },
  minio: {
    variable: 'S3_ENDPOINT',
    given: ({ S3_ENDPOINT, S3_ACCESS_KEY = '', S3_SECRET_KEY = '' }) =>
      S3_ENDPOINT ? { endpoint: S3_ENDPOINT, accessKey: S3_ACCESS_KEY, secretKey: S3_SECRET_KEY } : undefined,
    local: async () => {
      const minio = await startMinio();
      if (minio.kind === 'skipped') return minio;
      return { kind: 'reached', via: 'local', server: minio.server, stop: () => minio.stop() };
    },
  },
  postgres: {
    variable: 'HARMONY_TEST_DATABASE_URL',
    given: ({ HARMONY_TEST_DATABASE_URL }) => given(HARMONY_TEST_DATABASE_URL),
    local: async () => {
      const postgres = await startPostgresServer({ durable: false });
      return { kind: 'reached', via: 'local', server: { url: postgres.url }, stop: () => postgres.stop() };
    },
  },
};

/**
 * Decides which server a test run uses, in this order: the one that a variable gives, one in a container where a Docker
 * engine answers, one started on this machine; else skipped with every reason. Call `stop` when done.
 */
export async function reach<Name extends ServerName>(
  name: Name,
  environment: Environment = process.env,
): Promise<Reached<Name> | Skipped> {
  const way: Ways<Name> = ways[name];
  const server = way.given(environment);
  if (server) return { kind: 'reached', via: 'environment', server, stop: () => Promise.resolve() };
  const docker = await reachByDocker(name);
  if (docker.kind === 'reached') return docker;
  const local = await way.local();
  if (local.kind === 'reached') return local;
  return skipped(`${way.variable} is not set, ${docker.reason}, ${local.reason}`);
}
