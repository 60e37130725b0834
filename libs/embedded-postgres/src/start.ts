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
  type ClusterSettings,
} from './cluster.js';
import { answers, ensureDatabase } from './connection.js';
import { explainFileError } from './failures.js';
import { readPostmasterFile } from './postmaster-file.js';
import { adopt, type Server } from './postmaster.js';
import { acquireProcessLock } from './process-lock.js';
import { inspectProcess, isPostmasterOf } from './processes.js';
import { startServer, type StartedServer } from './start-server.js';
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

interface Running extends StartedServer {
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
): Promise<StartedServer | undefined> {
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
