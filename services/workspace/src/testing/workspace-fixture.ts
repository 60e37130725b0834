import {
  accessMigrations,
  accessProjections,
  createAccess,
  type Access,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { eventStoreMigrations, PostgresEventStore, type EventStore } from '@harmony/event-store';
import { newId, systemClock } from '@harmony/kernel';
import { ListeningProgress, migrate, openDatabase, runProjections, type Database } from '@harmony/read-model';
import { ACCESS, CLOCK, DIRECTORY, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { createTestDatabase } from '@harmony/testing';
import { Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkspaceApi } from '../api.module.js';
import { CreateWorkspace } from '../workspaces/create-workspace.js';

@Module({})
class TestBackends {
  static with(backends: ReadonlyMap<symbol, unknown>): DynamicModule {
    const providers = [...backends].map(([provide, useValue]) => ({ provide, useValue }));
    return { module: TestBackends, global: true, imports: [WorkspaceApi], providers, exports: [...backends.keys()] };
  }
}

export interface TestWorkspace {
  readonly workspaceId: string;
  readonly adminId: string;
  readonly email: string;
  readonly password: string;
  /** A new request of the administrator. */
  request(): RequestContext;
}

export interface WorkspaceFixture {
  readonly store: EventStore;
  readonly database: Database;
  readonly access: Access;
  get<Part>(part: Type<Part>): Part;
  newWorkspace(): Promise<TestWorkspace>;
  /** A new request of a user, with the permissions that they have now. */
  requestOf(workspaceId: string, userId: string): Promise<RequestContext>;
  close(): Promise<void>;
}

export const requestBy = (principal: Principal, commandId = newId()): RequestContext => ({
  principal,
  commandId,
  correlationId: commandId,
});

/** The service on the real event store and the real projection, in a database of its own. */
export async function startWorkspaceService(): Promise<WorkspaceFixture> {
  const server = await createTestDatabase();
  await migrate(server.url, [eventStoreMigrations, accessMigrations], accessProjections);
  const database = await openDatabase({ url: server.url });
  const store = PostgresEventStore.open({ pool: database.worker });
  const projections = runProjections(accessProjections, { database, store });
  const progress = new ListeningProgress(database);
  const access = createAccess({
    pool: database.worker,
    database: database.scoped,
    clock: systemClock,
    log: { warn: () => undefined },
    scryptCost: { cost: 2 ** 10, blockSize: 8, parallelization: 1 },
  });
  const backends = new Map<symbol, unknown>([
    [EVENT_STORE, store],
    [PROJECTION_PROGRESS, { waitFor: (name: string, at: never) => progress.waitFor(name, at, 60_000) }],
    [SCOPED_DATABASE, database.scoped],
    [DIRECTORY, access.directory],
    [ACCESS, access],
    [CLOCK, systemClock],
  ]);
  const application: INestApplicationContext = await NestFactory.createApplicationContext(TestBackends.with(backends), {
    logger: false,
    abortOnError: false,
  });
  const get = <Part>(part: Type<Part>): Part => application.get(part, { strict: false });
  const principalOf = (workspaceId: string, userId: string) => access.principals.ofUserId(workspaceId, userId);

  async function requestOf(workspaceId: string, userId: string): Promise<RequestContext> {
    const principal = await principalOf(workspaceId, userId);
    if (!principal) throw new Error('The user is not there.');
    return requestBy(principal);
  }

  async function newWorkspace(): Promise<TestWorkspace> {
    const password = 'correct horse battery';
    const email = `admin-${newId()}@example.com`;
    const admin = { email, name: 'Ada Admin', password };
    const { workspaceId, userId: adminId } = await get(CreateWorkspace).run(newId(), { name: 'Test', admin });
    const { principal } = await requestOf(workspaceId, adminId);
    return { workspaceId, adminId, email, password, request: () => requestBy(principal as Principal) };
  }

  return {
    store,
    database,
    access,
    get,
    newWorkspace,
    requestOf,
    close: async () => {
      await application.close();
      await projections.stop();
      await progress.close();
      await store.close();
      await database.close();
      await server.drop();
    },
  };
}
