import { HarmonyError } from '@harmony/contracts';
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chooseAccount } from './account.js';
import { findBinaries } from './binaries.js';
import {
  checkCluster,
  clusterExists,
  clusterPaths,
  initialiseCluster,
  readSettings,
  writeSettings,
  type ClusterSettings,
} from './cluster.js';
import { answers, ensureDatabase } from './connection.js';
import { explainFileError } from './failures.js';
import { usablePort } from './ports.js';
import { disarmPostmasterFile, readPostmasterFile } from './postmaster-file.js';
import { adopt, launch, type Postmaster, type Server } from './postmaster.js';
import { acquireProcessLock } from './process-lock.js';
import { inspectProcess, isPostmasterOf } from './processes.js';
import { Supervisor } from './supervisor.js';
import type { ClusterPaths, EmbeddedPostgres, EmbeddedPostgresLogger, EmbeddedPostgresOptions } from './types.js';

/**
 * Starts the PostgreSQL of this data directory, or adopts the one that a killed process left running.
 * @throws HarmonyError with one sentence for a person: DATA_DIRECTORY_IN_USE, DATA_DIRECTORY_BROKEN, STORAGE_FULL,
 * INVALID_CONFIGURATION where no server can run on this machine, TIMED_OUT for a recovery that takes minutes.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const paths = await clusterPaths(options.dataDirectory);
    const lock = await acquireProcessLock(paths.root);
    try {
      const server = await prepare(paths);
      const { postmaster, settings, adopted } = await bringUp(server, options.logger);
      await ensureDatabase(settings);
      return new Supervisor({ server, settings, lock, adopted, ...options }, postmaster);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw explainFileError(options.dataDirectory, error);
  }
}

async function prepare(paths: ClusterPaths): Promise<Server> {
  const binaries = findBinaries();
  const account = await chooseAccount(paths.cluster, [paths.cluster, binaries.postgres]);
  if (await clusterExists(paths)) await checkCluster(paths, await majorVersion(binaries.postgres));
  else await initialiseCluster(paths, binaries, account);
  return { paths, binaries, account };
}

async function majorVersion(postgres: string): Promise<string> {
  const { stdout } = await promisify(execFile)(postgres, ['--version']);
  return /\s(\d+)/.exec(stdout)?.[1] ?? '';
}

interface Running {
  readonly postmaster: Postmaster;
  readonly settings: ClusterSettings;
  readonly adopted: boolean;
}

async function bringUp(server: Server, logger: EmbeddedPostgresLogger): Promise<Running> {
  const settings = await readSettings(server.paths);
  const orphan = await adoptOrphan(server.paths, settings, logger);
  if (orphan) return { ...orphan, adopted: true };
  return { ...(await startServer(server, settings, logger)), adopted: false };
}

async function adoptOrphan(
  { cluster }: ClusterPaths,
  settings: ClusterSettings,
  logger: EmbeddedPostgresLogger,
): Promise<Omit<Running, 'adopted'> | undefined> {
  for (let waited = 0; waited < 600; waited += 1) {
    const file = await readPostmasterFile(cluster);
    if (!file || !isPostmasterOf(cluster, await inspectProcess(file.pid))) return undefined;
    const credentials = { ...settings, port: file.port };
    if (file.ready && (await answers(credentials))) {
      logger.warn(`adopted postgres pid ${file.pid}`);
      return { postmaster: adopt(file.pid, file.port, cluster), settings: credentials };
    }
    await pause(100); // It is starting, recovering or stopping.
  }
  throw new HarmonyError('DATA_DIRECTORY_BROKEN', {
    detail: `A PostgreSQL that was left running on ${cluster} neither answers nor ends. Stop it, then start again.`,
  });
}

/** Starts on the remembered port or the next free one, and waits for what a killed server has yet to release. */
export async function startServer(
  server: Server,
  settings: ClusterSettings,
  logger: EmbeddedPostgresLogger,
  { keepPort = false } = {},
): Promise<Omit<Running, 'adopted'>> {
  const { cluster } = server.paths;
  let last: HarmonyError | undefined;
  for (let tried = 0; tried < 100; tried += 1) {
    await clearStaleFile(cluster, logger);
    const credentials = keepPort ? settings : { ...settings, port: await usablePort(settings.port) };
    const result = await launch(server, credentials);
    if ('postmaster' in result) {
      if (credentials.port !== settings.port) await writeSettings(cluster, credentials);
      logger.info(`started postgres pid ${result.postmaster.pid} on port ${credentials.port}`);
      return { postmaster: result.postmaster, settings: credentials };
    }
    last = result.error;
    await pause(200);
  }
  throw last ?? new HarmonyError('DATA_DIRECTORY_BROKEN');
}

/** PostgreSQL clears the file of a process that is gone; a zombie or another program with its id would block it. */
async function clearStaleFile(cluster: string, logger: EmbeddedPostgresLogger): Promise<void> {
  const file = await readPostmasterFile(cluster);
  const facts = file && (await inspectProcess(file.pid));
  if (!facts || isPostmasterOf(cluster, facts)) return;
  const holder = facts.zombie ? 'a server that has ended' : 'another program';
  logger.warn(`cleared a stale lock file of postgres: pid ${file.pid} is ${holder}`);
  await disarmPostmasterFile(cluster);
}
