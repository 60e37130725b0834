import { accessProjections, type Principal, type RequestContext } from '@harmony/access';
import { builtInRoles, decodeEvent, streams, type HarmonyEvent, type Permission } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { startProcess, type Backends, type RunningProcess, type ServiceDescriptor } from '@harmony/runtime';
import { createTestDatabase } from '@harmony/testing';
import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectProviders } from '../api/project-providers.js';
import { insights } from '../index.js';

@Module({})
class NoFace {}

@Module({ providers: projectProviders })
class ProjectsApi {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  name: 'workspace',
  api: NoFace,
  worker: NoFace,
  projections: accessProjections,
  migrations: [],
  afterDeadLetter: 'continue',
};

/** Four people of a workspace with two teams, and one more who may only do things to what is theirs. */
export interface SampleWorkspace {
  readonly id: string;
  readonly sales: string;
  readonly support: string;
  readonly admin: Principal;
  readonly salesManager: Principal;
  readonly salesUser: Principal;
  readonly supportManager: Principal;
  readonly loner: Principal;
}

export interface RunningProjects {
  readonly backends: Backends;
  get<Part>(part: Type<Part>): Part;
  newWorkspace(): Promise<SampleWorkspace>;
  append(workspaceId: string, stream: string, facts: readonly Fact[]): Promise<LogPosition>;
  eventsOf(stream: string): Promise<HarmonyEvent[]>;
  close(): Promise<void>;
}

/** A request by this principal; the same command id again is a repeat. */
export const requestBy = (principal: Principal, commandId = newId()): RequestContext => ({
  ...{ principal, commandId, correlationId: `request-${commandId}` },
});

/** The project side of insights, on a database of its own: projections and api face. */
export async function startProjects(): Promise<RunningProjects> {
  const database = await createTestDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-projects-'));
  let api: INestApplicationContext | undefined;
  const running: RunningProcess = await startProcess({
    composition: {
      services: [directory, { ...insights, worker: NoFace }],
      schemas: [],
      gateway: async ({ backendsModule }) => {
        const root = { module: NoFace, imports: [backendsModule, ProjectsApi] };
        api = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
        return { url: 'http://nowhere', close: async () => api?.close() };
      },
    },
    environment: { DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal' },
  });
  const { backends } = running;
  return {
    backends,
    get: (part) => {
      if (!api) throw new Error('The api face did not start.');
      return api.get(part, { strict: false });
    },
    newWorkspace: () => createWorkspace(backends),
    append: (workspaceId, stream, facts) => append(backends, workspaceId, stream, facts),
    eventsOf: async (stream) => {
      const events: HarmonyEvent[] = [];
      for await (const recorded of backends.eventStore.readStream(stream)) events.push(decodeEvent(recorded));
      return events;
    },
    close: async () => {
      await running.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function createWorkspace(backends: Backends): Promise<SampleWorkspace> {
  const [id, sales, support] = [newId(), newId(), newId()];
  const person = (role: { id: string; permissions: readonly Permission[] }, teamIds: string[]): Principal => {
    const userId = newId();
    const permissions = new Set(role.permissions);
    return { kind: 'USER', id: userId, userId, workspaceId: id, roleId: role.id, permissions, teamIds };
  };
  const ownProjects = ['read', 'create', 'update', 'delete'].map((verb) => `projects:${verb}:own` as Permission);
  const people = {
    admin: person(builtInRoles.admin, []),
    salesManager: person(builtInRoles.teamManager, [sales]),
    salesUser: person(builtInRoles.user, [sales]),
    supportManager: person(builtInRoles.teamManager, [support]),
    loner: person({ id: newId(), permissions: ownProjects }, [sales]),
  };
  const users = Object.values(people).map(({ userId, roleId, teamIds }) =>
    fact('UserAdded', {
      ...{ userId, roleId, teamIds: [...teamIds], name: 'Somebody', email: `${userId}@example.com` },
      ...{ timezone: 'UTC', language: 'en' },
    }),
  );
  const customField = { label: 'Tier', type: 'TEXT', options: [], required: false } as const;
  const position = await append(backends, id, streams.workspace(id), [
    fact('WorkspaceCreated', { name: 'Sample' }),
    fact('TeamCreated', { teamId: sales, name: 'Sales' }),
    fact('TeamCreated', { teamId: support, name: 'Support' }),
    fact('CustomFieldDefined', {
      customFieldId: newId(),
      target: 'CONVERSATION',
      key: 'tier',
      ...customField,
      options: [],
    }),
    ...users,
  ]);
  await backends.progress.waitFor('access.directory', position, 20_000);
  return { id, sales, support, ...people };
}

async function append(
  { eventStore }: Backends,
  workspaceId: string,
  stream: string,
  facts: readonly Fact[],
): Promise<LogPosition> {
  const cause = {
    ...{ workspaceId, causationId: newId(), correlationId: 'test' },
    actor: { kind: 'SYSTEM', id: 'test' } as const,
    occurredAt: new Date().toISOString(),
  };
  return (await eventStore.append(stream, eventsFrom(cause, stream, facts), 'any')).position;
}
