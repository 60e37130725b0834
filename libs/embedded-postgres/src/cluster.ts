import { HarmonyError } from '@harmony/contracts';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { explainOutput } from './failures.js';
import { makeFolder } from './make-folder.js';
import type { ClusterPaths } from './types.js';

export const databaseOwner = 'harmony';

const settingsSchema = z.object({ password: z.string().min(16), port: z.int().min(0).max(65535) });

/** Kept inside the cluster, for its owner's eyes only, so that both are moved and restored together. */
export type ClusterSettings = z.output<typeof settingsSchema>;

const settingsFile = (cluster: string): string => join(cluster, 'harmony.json');

/** Creates the data directory where it is missing. */
export async function clusterPaths(dataDirectory: string): Promise<ClusterPaths> {
  await makeFolder(dataDirectory);
  const root = await realpath(dataDirectory);
  return { root, cluster: join(root, 'postgres'), log: join(root, 'postgres.log') };
}

/** A folder of that name with something in it; an empty one may be replaced. */
export async function clusterExists({ cluster }: ClusterPaths): Promise<boolean> {
  const entries = await readdir(cluster).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.length > 0;
}

/** @throws HarmonyError DATA_DIRECTORY_BROKEN when this is no cluster, or one of another major version. */
export async function checkCluster({ cluster }: ClusterPaths, major: string): Promise<void> {
  const found = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) {
    throw new HarmonyError('DATA_DIRECTORY_BROKEN', {
      detail: `${cluster} holds files, but no finished PostgreSQL cluster. Move it away to start afresh.`,
    });
  }
  if (found.trim() !== major) {
    throw new HarmonyError('DATA_DIRECTORY_BROKEN', {
      detail: `${cluster} was made by PostgreSQL ${found.trim()}, and this Harmony brings PostgreSQL ${major}. Move the data with pg_upgrade or a dump, or move the folder away to start afresh.`,
    });
  }
}

/** @throws HarmonyError DATA_DIRECTORY_BROKEN when the file with the password is gone or damaged. */
export async function readSettings({ cluster }: ClusterPaths): Promise<ClusterSettings> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile(cluster), 'utf8')));
  } catch (cause) {
    throw new HarmonyError('DATA_DIRECTORY_BROKEN', {
      detail: `${settingsFile(cluster)}, which holds the password of the database, is missing or damaged. Restore it, or move ${cluster} away to start afresh.`,
      cause,
    });
  }
}

export async function writeSettings(cluster: string, settings: ClusterSettings): Promise<void> {
  const draft = `${settingsFile(cluster)}.new`;
  await writeFile(draft, JSON.stringify(settings), { mode: 0o600 });
  await rename(draft, settingsFile(cluster));
}

/**
 * Makes a cluster beside its final place and moves it there when it is finished; whatever an earlier try that was
 * killed midway left behind is removed.
 */
export async function initialiseCluster(paths: ClusterPaths, binaries: Binaries, account: Account): Promise<void> {
  await removeUnfinished(paths);
  const unfinished = join(paths.root, `${unfinishedPrefix}${randomUUID()}`);
  const passwordFile = `${unfinished}.password`;
  const password = randomBytes(24).toString('base64url');
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.owner) {
    await chown(unfinished, account.owner.uid, account.owner.gid);
    await chown(passwordFile, account.owner.uid, account.owner.gid);
  }
  try {
    await runInitdb(binaries, account, unfinished, passwordFile, paths.cluster);
  } catch (error) {
    await removeUnfinished(paths);
    throw error;
  }
  await rm(passwordFile);
  await writeSettings(unfinished, { password, port: 0 });
  await rename(unfinished, paths.cluster);
  await flushFolder(paths.root);
}

const unfinishedPrefix = 'postgres.unfinished-';

async function removeUnfinished({ root }: ClusterPaths): Promise<void> {
  const leftovers = (await readdir(root)).filter((name) => name.startsWith(unfinishedPrefix));
  // An initdb that outlived its parent may still be writing for a moment; hence the retries.
  const remove = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  for (const name of leftovers) await rm(join(root, name), remove);
}

async function runInitdb(
  binaries: Binaries,
  account: Account,
  folder: string,
  passwordFile: string,
  shownAs: string,
): Promise<void> {
  const { file, parameters } = account.command(binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${databaseOwner}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]);
  const child = spawn(file, parameters, {
    ...account.spawnOptions,
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  });
  let output = '';
  const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-8000));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw explainOutput('Making the PostgreSQL cluster failed', shownAs, output);
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
