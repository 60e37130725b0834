import { loadConfiguration, type Environment } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import { runningEmbeddedPostgres, startEmbeddedPostgres } from '@harmony/embedded-postgres';
import { PostgresEventStore, type EventStore } from '@harmony/event-store';
import { DeadLetters } from '@harmony/messaging';
import { openDatabase, type Database, type Projection } from '@harmony/read-model';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Operator } from './operator.js';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Reaches the backends that the environment names, as the processes of Harmony do; without DATABASE_URL, the embedded
 * database in the data directory: the one that a running Harmony has started, or started for as long as the command runs.
 */
export async function openOperator(
  environment: Environment,
  dataDirectory: string | undefined,
  projections: readonly Projection[],
  workerConnections = 4,
): Promise<Operator> {
  const configuration = loadConfiguration(environment, {
    overrides: { HARMONY_DATA_DIR: dataDirectory },
    target: 'all',
  });
  const { url } = configuration.database;
  const server = url === undefined ? await embeddedServer(configuration.process.dataDirectory) : outsideServer(url);
  try {
    const options = {
      url: server.url,
      workerConnections,
      servingConnections: 1,
      applicationName: 'harmony operator',
    };
    const database = await openDatabase(options);
    await requireSetUp(database);
    const store = await openStore(configuration.eventStore.url, database);
    const close = async (): Promise<void> => {
      await store.close();
      await database.close();
      await server.stop();
    };
    return {
      database,
      store,
      projections,
      deadLetters: new DeadLetters(database.worker),
      by: userInfo().username,
      close,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openStore(url: string | undefined, { worker }: Database): Promise<EventStore> {
  if (url === undefined) return PostgresEventStore.open({ pool: worker });
  const { EventStoreDbEventStore } = await import('@harmony/event-store/eventstoredb');
  return new EventStoreDbEventStore({ url });
}

const outsideServer = (url: string): Server => ({ url, stop: async () => undefined });

async function embeddedServer(dataDirectory: string): Promise<Server> {
  const running = await runningEmbeddedPostgres(dataDirectory);
  if (running !== undefined) return outsideServer(running);
  // Started only where Harmony has been before, so that a mistyped folder does not become a new installation.
  if (!existsSync(join(dataDirectory, 'postgres'))) {
    throw new HarmonyError('INVALID_CONFIGURATION', {
      detail: `There is no Harmony in ${dataDirectory}. Name its folder with --data-dir, or its database with DATABASE_URL.`,
    });
  }
  return startEmbeddedPostgres({ dataDirectory, logger: { info: () => undefined, warn: () => undefined } });
}

async function requireSetUp(database: Database): Promise<void> {
  const { rows } = await database.worker.query<{ ready: boolean }>(
    "select to_regclass('projections.checkpoints') is not null as ready",
  );
  if (rows[0]?.ready) return;
  throw new HarmonyError('INVALID_CONFIGURATION', {
    detail: 'This database holds no Harmony yet. Start Harmony once.',
  });
}
