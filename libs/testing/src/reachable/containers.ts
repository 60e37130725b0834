import type { StartedTestContainer } from 'testcontainers';
import { freePort } from './processes.js';
import { skipped, type Reached, type ServerName, type Servers, type Skipped } from './servers.js';

interface Running<Name extends ServerName> {
  readonly container: StartedTestContainer;
  readonly server: Servers[Name];
}

const secret = 'harmony-secret';

/** How each server starts in a container. Imported late: most runs have no Docker and need not pay for the library. */
const starters: { readonly [Name in ServerName]: () => Promise<Running<Name>> } = {
  eventstore: async () => {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer('eventstore/eventstore:24.10.4')
      .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' })
      .withExposedPorts(2113)
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
      .start();
    return { container, server: { url: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false` } };
  },
  kafka: async () => {
    const { GenericContainer, Wait } = await import('testcontainers');
    const port = await freePort();
    const container = await new GenericContainer('apache/kafka:4.1.0')
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withExposedPorts({ container: 9092, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return { container, server: { brokers: [`127.0.0.1:${port}`] } };
  },
  minio: async () => {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer('minio/minio:RELEASE.2025-04-22T22-12-26Z')
      .withEnvironment({ MINIO_ROOT_USER: 'harmony', MINIO_ROOT_PASSWORD: secret })
      .withCommand(['server', '/data'])
      .withExposedPorts(9000)
      .withWaitStrategy(Wait.forHttp('/minio/health/ready', 9000).forStatusCode(200))
      .start();
    const endpoint = `http://${container.getHost()}:${container.getMappedPort(9000)}`;
    return { container, server: { endpoint, accessKey: 'harmony', secretKey: secret } };
  },
  postgres: async () => {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer('postgres:18-alpine')
      .withEnvironment({ POSTGRES_PASSWORD: secret })
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start();
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    return { container, server: { url: `postgres://postgres:${secret}@${address}/postgres` } };
  },
};

/** Starts the server in a container where a Docker engine answers. */
export async function reachByDocker<Name extends ServerName>(name: Name): Promise<Reached<Name> | Skipped> {
  if (!(await dockerAnswers())) return skipped('no Docker engine answers');
  const { container, server } = await starters[name]();
  return { kind: 'reached', via: 'docker', server, stop: async () => void (await container.stop()) };
}

async function dockerAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}
