import { eventually } from '@harmony/testing';
import { startProcess, type RunningProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql, withKey, type Access } from './api.js';

export interface Workspace {
  readonly workspaceId: string;
  readonly adminId: string;
  /** As the administrator, by API key. */
  readonly admin: Access;
}

export interface RunningHarmony {
  readonly dataDirectory: string;
  readonly running: RunningProcess;
  readonly url: string;
  workspace(name: string): Promise<Workspace>;
  stop(): Promise<void>;
}

/** All in one, in this process, on a data directory of its own. */
export async function startHarmony(overrides: Readonly<Record<string, string>> = {}): Promise<RunningHarmony> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-e2e-'));
  const running = await startProcess({
    composition,
    environment: {},
    target: 'all',
    overrides: {
      HARMONY_PORT: '0',
      HARMONY_DATA_DIR: dataDirectory,
      LOG_LEVEL: 'fatal',
      RATE_LIMIT_PER_MINUTE: '1000000',
      ...overrides,
    },
  });
  return {
    dataDirectory,
    running,
    url: running.url,
    workspace: async (name) => {
      const wish = { name, email: `admin@${name.toLowerCase()}.example`, password: `${name} password 1` };
      const { workspaceId, userId, apiKey } = await createWorkspaceWithKey(running.backends, wish);
      return { workspaceId, adminId: userId, admin: withKey(running.url, apiKey) };
    },
    stop: async () => {
      await running.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Runs a GraphQL document that must succeed and returns its data. */
export async function succeed(access: Access, query: string, variables?: unknown): Promise<Record<string, unknown>> {
  const { data, errors } = await graphql(access, query, variables);
  if (errors || !data) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

/** Waits until a conversation has come to its end. */
export const completed = (access: Access, conversationId: string, withinMs = 60_000): Promise<void> =>
  eventually(
    async () => {
      const query = 'query ($id: ID!) { conversation(id: $id) { status } }';
      const data = await succeed(access, query, { id: conversationId });
      const { status } = data['conversation'] as { status: string };
      if (status !== 'COMPLETED') throw new Error(`still ${status}`);
    },
    { withinMs },
  );
