import { HarmonyError } from '@harmony/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { writeSettings, type ClusterSettings } from './cluster.js';
import { usablePort } from './ports.js';
import { disarmPostmasterFile, readPostmasterFile } from './postmaster-file.js';
import { launch, type Postmaster, type Server } from './postmaster.js';
import { inspectProcess, isPostmasterOf } from './processes.js';
import type { EmbeddedPostgresLogger } from './types.js';

/** A server that answers, and how to reach it. */
export interface StartedServer {
  readonly postmaster: Postmaster;
  readonly settings: ClusterSettings;
}

/** Starts on the remembered port or the next free one, and waits for what a killed server has yet to release. */
export async function startServer(
  server: Server,
  settings: ClusterSettings,
  logger: EmbeddedPostgresLogger,
  { keepPort = false } = {},
): Promise<StartedServer> {
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
