import { jobStatistics, GraphileJobQueue, prepareJobs, messagingMigrations } from '@harmony/messaging';
import {
  type Database,
  ListeningProgress,
  migrate,
  openDatabase,
  type Projection,
  type SchemaMigrations,
} from '@harmony/read-model';
import { openOutbound } from '@harmony/outbound';
import { accessMigrations } from '@harmony/access';
import { eventStoreMigrations } from '@harmony/event-store';
import type { Composition } from '../composition.js';
import type { Closers } from '../process/closers.js';
import { openAccess } from './access.js';
import type { Backends, Host } from './backends.js';
import { openDatabaseServer } from './database-server.js';
import { ObservedEventStore } from './observed-event-store.js';
import { openEventStore, type OpenedEventStore } from './event-store.js';
import { openObjectStore } from './object-store.js';

/**
 * Starts or reaches every backend and brings the database to what this version needs. What was opened is handed to the
 * closers at once, so that a failure on the way leaves nothing behind.
 * @throws HarmonyError with one sentence for a person.
 */
export async function openBackends(host: Host, composition: Composition, closers: Closers): Promise<Backends> {
  const { configuration, logger } = host;
  const url = await openDatabaseServer(host, closers);
  await migrate(url, schemasOf(composition), projectionsOf(composition));
  await prepareJobs(url);
  const database = await openDatabase({
    url,
    workerConnections: configuration.database.workerConnections,
    servingConnections: configuration.database.servingConnections,
    applicationName: `harmony ${configuration.process.target}`,
    onConnectionLost: ({ message }) => logger.info({ reason: message }, 'an idle connection to the database broke'),
  });
  closers.add('database', () => database.close());
  const { store, horizonLag } = await openEventStore(configuration, database);
  const eventStore = new ObservedEventStore(store, host.metrics);
  closers.add('event store', () => eventStore.close());
  const progress = new ListeningProgress(database);
  closers.add('projection progress', () => progress.close());
  const objectStore = await openObjectStore(configuration);
  const backends: Backends = {
    ...host,
    database,
    eventStore,
    objectStore,
    outbound: openOutbound(configuration.outbound),
    jobQueue: new GraphileJobQueue(database.worker),
    progress,
    access: openAccess(host, database),
    samplers: samplersOf(host, database, horizonLag),
  };
  registerProbes(backends);
  return backends;
}

const schemasOf = ({ services, schemas }: Composition): readonly SchemaMigrations[] => [
  eventStoreMigrations,
  messagingMigrations,
  accessMigrations,
  ...services.map(({ name, migrations }) => ({ schema: name, migrations })),
  ...schemas,
];

const projectionsOf = ({ services }: Composition): readonly Projection[] =>
  services.flatMap(({ projections }) => projections);

function samplersOf(
  { metrics }: Host,
  database: Database,
  horizonLag: OpenedEventStore['horizonLag'],
): Backends['samplers'] {
  const jobs = async (): Promise<void> => {
    for (const { name, waiting } of await jobStatistics(database.worker)) metrics.jobsWaiting(name, waiting);
  };
  const horizon = async (): Promise<void> => {
    if (horizonLag) metrics.eventStoreHorizonLag(await horizonLag());
  };
  return [jobs, horizon];
}

function registerProbes({ health, database, eventStore, objectStore }: Backends): void {
  health.register({ name: 'database', check: async () => void (await database.worker.query('select 1')) });
  health.register({ name: 'event store', check: async () => void (await eventStore.head()) });
  health.register({ name: 'object store', check: () => objectStore.check() });
}
