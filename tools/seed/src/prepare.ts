import { runningEmbeddedPostgres } from '@harmony/embedded-postgres';
import { startProcess, type Backends } from '@harmony/runtime';
import { loadConfiguration, type Environment } from '@harmony/config';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { randomBytes } from 'node:crypto';
import type { SeedWish } from './wish.js';

/** How to get into the workspace; the password and the key are there for a new one only. */
export interface Account {
  readonly workspaceId: string;
  readonly email?: string;
  readonly password?: string;
  readonly apiKey?: string;
}

/**
 * Starts Harmony for a moment, as every start does: the database is brought to what this version needs, and a new
 * workspace is made by the commands that every workspace is made with.
 */
export async function prepare(wish: SeedWish, environment: Environment): Promise<Account> {
  const overrides = { HARMONY_PORT: '0', LOG_LEVEL: 'error', ...(await whereItIs(wish, environment)) };
  const running = await startProcess({ composition, environment, target: 'all', overrides });
  try {
    return wish.workspaceId ? { workspaceId: wish.workspaceId } : await newWorkspace(running.backends);
  } finally {
    await running.stop();
  }
}

/** The folder, or the database of a Harmony that runs on it. */
async function whereItIs(wish: SeedWish, environment: Environment): Promise<Environment> {
  const folder = { HARMONY_DATA_DIR: wish.dataDirectory };
  const { database, process } = loadConfiguration(environment, { target: 'all', overrides: folder });
  const running = database.url === undefined ? await runningEmbeddedPostgres(process.dataDirectory) : undefined;
  return { ...folder, ...(running !== undefined && { DATABASE_URL: running }) };
}

async function newWorkspace(backends: Backends): Promise<Account> {
  const suffix = randomBytes(3).toString('hex');
  const sign = { email: `sample-${suffix}@harmony.example`, password: randomBytes(9).toString('base64url') };
  const { workspaceId, apiKey } = await createWorkspaceWithKey(backends, { name: `Sample ${suffix}`, ...sign });
  return { workspaceId, ...sign, apiKey };
}
