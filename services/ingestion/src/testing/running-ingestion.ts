import { accessProjections, type Principal, type RequestContext } from '@harmony/access';
import { builtInRoles, streams, type Permission } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { startProcess, type Backends, type RunningProcess, type ServiceDescriptor } from '@harmony/runtime';
import { createTestDatabase } from '@harmony/testing';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestion } from '../index.js';
import { laterStages } from './later-stages.js';

@Module({})
class NoFace {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  name: 'workspace',
  api: NoFace,
  worker: NoFace,
  projections: accessProjections,
  migrations: [],
  afterDeadLetter: 'continue',
};

/** A workspace with what a submission may point at. */
export interface SampleWorkspace {
  readonly id: string;
  readonly admin: Principal;
  readonly member: Principal;
  /** Of the same team as the member, may read and create for the team. */
  readonly manager: Principal;
  readonly teamId: string;
  readonly contactId: string;
}

export interface RunningIngestion {
  readonly backends: Backends;
  /** The api face with the real backends, without HTTP. */
  readonly api: INestApplicationContext;
  newWorkspace(customFields?: readonly Fact[]): Promise<SampleWorkspace>;
  close(): Promise<void>;
}

/**
 * Everything that ingestion is in one process, on a database of its own: consumers, jobs, projections, api face. The
 * stages behind it find nothing.
 */
export async function startIngestion(environment: Readonly<Record<string, string>> = {}): Promise<RunningIngestion> {
  const database = await createTestDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-ingestion-'));
  let api: INestApplicationContext | undefined;
  const running: RunningProcess = await startProcess({
    composition: {
      services: [directory, ingestion, laterStages],
      schemas: [],
      gateway: async ({ backendsModule }) => {
        api = await NestFactory.createApplicationContext(
          { module: NoFace, imports: [backendsModule, ingestion.api] },
          { logger: false, abortOnError: false },
        );
        return { url: 'http://nowhere', close: async () => api?.close() };
      },
    },
    environment: { DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal', ...environment },
  });
  if (!api) throw new Error('The api face did not start.');
  return {
    backends: running.backends,
    api,
    newWorkspace: (customFields) => createWorkspace(running.backends, customFields),
    close: async () => {
      await running.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A request by this principal; the same command id again is a repeat. */
export const requestBy = (principal: Principal, commandId = newId()): RequestContext => ({
  principal,
  commandId,
  correlationId: `request-${commandId}`,
});

async function createWorkspace(backends: Backends, customFields: readonly Fact[] = []): Promise<SampleWorkspace> {
  const [id, teamId, contactId] = [newId(), newId(), newId()];
  const person = (role: { id: string; permissions: readonly Permission[] }, teamIds: string[]): Principal => {
    const userId = newId();
    const permissions = new Set(role.permissions);
    return { kind: 'USER', id: userId, userId, workspaceId: id, roleId: role.id, permissions, teamIds };
  };
  const admin = person(builtInRoles.admin, []);
  const member = person(builtInRoles.user, [teamId]);
  const manager = person(builtInRoles.teamManager, [teamId]);
  const users = [admin, member, manager].map(({ userId, roleId, teamIds }) =>
    fact('UserAdded', {
      ...{ userId, roleId, teamIds: [...teamIds], name: 'Somebody', email: `${userId}@example.com` },
      ...{ timezone: 'UTC', language: 'en' },
    }),
  );
  const facts = [
    fact('WorkspaceCreated', { name: 'Sample' }),
    fact('TeamCreated', { teamId, name: 'Sales' }),
    ...users,
    ...customFields,
  ];
  await append(backends, id, streams.workspace(id), facts);
  const contact = fact('ContactAdded', { contactId, name: 'C', email: null, company: null, customFields: {} });
  const position = await append(backends, id, streams.contact(contactId), [contact]);
  await backends.progress.waitFor('access.directory', position, 20_000);
  return { id, admin, member, manager, teamId, contactId };
}

async function append(
  { eventStore }: Backends,
  workspaceId: string,
  stream: string,
  facts: readonly Fact[],
): Promise<LogPosition> {
  const cause = {
    workspaceId,
    causationId: newId(),
    correlationId: 'test',
    actor: { kind: 'SYSTEM', id: 'test' },
    occurredAt: new Date().toISOString(),
  } as const;
  return (await eventStore.append(stream, eventsFrom(cause, stream, facts), 'none')).position;
}
