import pg from 'pg';
import type { ScopedDatabase } from '../query-port.js';
import { asHarmonyError } from './database-error.js';
import { PooledScopedDatabase } from './scoped-database.js';
import {
  connectionOptions,
  ownerLimits,
  servingLimits,
  servingRole,
  workerLimits,
  workerRole,
  type ConnectionLimits,
} from './settings.js';

export interface DatabaseOptions {
  /** Of the user that signs in: the owner of the schemas and a member of both roles. */
  readonly url: string;
  /** Connections at most; 10 of each unless told. */
  readonly workerConnections?: number;
  readonly servingConnections?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
  /** Told of idle connections that broke; the pool replaces them by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** One process's access to Postgres, under the role that fits the work. */
export interface Database {
  readonly url: string;
  /** Role `harmony_worker`: appends, consumers, jobs, projections; sees every workspace. */
  readonly worker: pg.Pool;
  /** Role `harmony_serving`: sees one workspace a query. */
  readonly scoped: ScopedDatabase;
  /** A connection of its own as the worker, for locks and LISTEN; the caller ends it. */
  connectWorker(): Promise<pg.Client>;
  /** A connection of its own as the worker, for reads that may take their time; the caller ends it. */
  connectReader(): Promise<pg.Client>;
  /** A connection of its own as the owner, for changes of tables; the caller ends it. */
  connectOwner(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** One that comes anew signs in for 5 to 20 ms, and takes ten times as long for each statement that it runs the first time. */
const keptIdleMs = 5 * 60_000;

/**
 * Opens the pools. Run `migrate` first, which creates the roles.
 * @throws HarmonyError DATABASE_UNAVAILABLE when the server does not answer.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const version = await serverVersion(options.url);
  const configure = (limits: ConnectionLimits, role?: string): pg.ClientConfig => ({
    connectionString: options.url,
    application_name: options.applicationName ?? 'harmony',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: connectionOptions(limits, version, role),
  });
  // A pool that ends does not wait until the server has let go of its connections.
  let closing = false;
  const openPool = (limits: ConnectionLimits, role: string, max = 10): pg.Pool => {
    const pool = new pg.Pool({ ...configure(limits, role), max, idleTimeoutMillis: keptIdleMs });
    // While a connection is lent out, its loss shows in the query that it breaks; unheard, the event would end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pool.on('error', (error) => {
      if (!closing) options.onConnectionLost?.(error);
    });
    return pool;
  };
  const worker = openPool(workerLimits, workerRole, options.workerConnections);
  const serving = openPool(servingLimits, servingRole, options.servingConnections);
  return {
    url: options.url,
    worker,
    scoped: new PooledScopedDatabase(serving),
    connectWorker: () => connect(configure(workerLimits, workerRole)),
    connectReader: () => connect(configure(ownerLimits, workerRole)),
    connectOwner: () => connect(configure(ownerLimits)),
    close: async () => {
      closing = true;
      await Promise.all([worker.end(), serving.end()]);
    },
  };
}

async function serverVersion(url: string): Promise<number> {
  const client = await connect({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    return rows[0]?.version ?? 0;
  } finally {
    await client.end();
  }
}

/** Connects, or says in the catalogue's words why not. */
export async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  // A connection that breaks while idle emits `error`; its user finds out at the next query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw asHarmonyError(error);
  }
}
