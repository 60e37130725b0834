import { accessProjections, attachRequestContext, type Principal, type RequestContext } from '@harmony/access';
import {
  builtInRoles,
  decodeEvent,
  exportRequest,
  HarmonyError,
  streams,
  type HarmonyEvent,
  type Permission,
} from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { eventsFrom, fact, newId, type Clock, type Fact } from '@harmony/kernel';
import { BackendsModule, startProcess, type Backends, type ServiceDescriptor } from '@harmony/runtime';
import { appendSteps, sampleLog, type SampleLog, type SampleUser } from '@harmony/sample-log';
import { createTestDatabase, eventually } from '@harmony/testing';
import { Catch, Module, type ArgumentsHost, type DynamicModule, type ExceptionFilter, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { reporting } from '../../index.js';
import { readModelProviders } from '../../read-model/providers.js';
import { exportProviders, exportWorkers } from '../providers.js';

@Module({})
class NoFace {}

@Module({ controllers: exportProviders.controllers, providers: [...readModelProviders, ...exportProviders.providers] })
class ExportsApi {}

@Module({ controllers: exportWorkers.controllers, providers: [...readModelProviders, ...exportWorkers.providers] })
class ExportsWorker {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  ...{ name: 'workspace', api: NoFace, worker: NoFace },
  ...{ projections: accessProjections, migrations: [], afterDeadLetter: 'continue' },
};

/** A clock that can be put forward. */
export class MovableClock implements Clock {
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

/** A request by this principal; the same command id again is a repeat. */
export const requestBy = (principal: Principal, commandId = newId()): RequestContext => ({
  ...{ principal, commandId, correlationId: `request-${commandId}` },
});

const permissionsOf = new Map<string, readonly Permission[]>(
  Object.values(builtInRoles).map(({ id, permissions }) => [id, permissions]),
);

/** Somebody of a sample, with the rights of their role. */
export const principalOf = ({ id, roleId, teamIds }: SampleUser, workspaceId: string): Principal => ({
  ...{ kind: 'USER', id, userId: id, workspaceId, roleId, teamIds },
  permissions: new Set(permissionsOf.get(roleId)),
});

export interface ExportsWish {
  /** Without, exports wait for ever: for tests of what is done with the answer. */
  readonly isWorking?: boolean;
}

/** Exports over HTTP in front of a sample workspace, on a database of its own. `X-Test-Actor` names who asks. */
export class RunningExports {
  private constructor(
    readonly backends: Backends,
    readonly clock: MovableClock,
    private readonly application: NestExpressApplication,
    readonly url: string,
    private readonly principals: Map<string, Principal>,
    readonly close: () => Promise<void>,
  ) {}

  static async start({ isWorking = true }: ExportsWish = {}): Promise<RunningExports> {
    const database = await createTestDatabase();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-exports-'));
    const clock = new MovableClock();
    const principals = new Map<string, Principal>();
    let application: NestExpressApplication | undefined;
    const running = await startProcess({
      composition: {
        services: [directory, { ...reporting, api: NoFace, worker: isWorking ? ExportsWorker : NoFace }],
        schemas: [],
        gateway: async ({ backends }) => {
          application = await serve({ ...backends, clock }, principals);
          return { url: await application.getUrl(), close: async () => application?.close() };
        },
      },
      environment: { DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal' },
    });
    if (!application) throw new Error('The api face did not start.');
    const close = async (): Promise<void> => {
      await running.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    };
    return new RunningExports(running.backends, clock, application, running.url, principals, close);
  }

  get<Part>(part: Type<Part>): Part {
    return this.application.get(part, { strict: false });
  }

  /** A workspace with projects of all types of definitions. */
  async newWorkspace(
    conversations: number,
    more: { seed?: number; restlessness?: number } = {},
  ): Promise<SampleWorkspace> {
    const workspaceId = newId();
    const log = sampleLog({
      ...{ seed: 5, workspaceId, founderId: newId(), restlessness: 0.3, conversations, definitions: 13, projects: 2 },
      ...{ days: 60, until: '2025-06-01T00:00:00.000Z', ...more },
    });
    await appendSteps(this.backends.eventStore, log.steps);
    await this.settled();
    return { workspaceId, log, projectId: log.projectIds[0] ?? '', people: this.know(log) };
  }

  /** Appends behind whatever a stream holds, and waits until everybody sees it. */
  async append(workspaceId: string, stream: string, facts: readonly Fact[]): Promise<void> {
    const cause = {
      ...{ workspaceId, causationId: newId(), correlationId: 'test', occurredAt: this.clock.now().toISOString() },
      actor: { kind: 'SYSTEM', id: 'test' } as const,
    };
    await this.backends.eventStore.append(stream, eventsFrom(cause, stream, facts), 'any');
    await this.settled();
  }

  /** Until every projection has seen what is in the log. */
  async settled(): Promise<void> {
    const last = await lastPosition(this.backends.database.worker);
    for (const name of ['access.directory', 'reporting.reports', 'reporting.exports'])
      await this.backends.progress.waitFor(name, last, 60_000);
  }

  async eventsOf(stream: string): Promise<HarmonyEvent[]> {
    const events: HarmonyEvent[] = [];
    for await (const recorded of this.backends.eventStore.readStream(stream)) events.push(decodeEvent(recorded));
    return events;
  }

  /** Somebody whom HTTP knows by their id. */
  admit(principal: Principal): Principal {
    this.principals.set(principal.id, principal);
    return principal;
  }

  fetch(path: string, by: Principal | undefined, options: RequestInit = {}): Promise<globalThis.Response> {
    const headers = { ...(by && { 'X-Test-Actor': by.id }), 'Content-Type': 'application/json', ...options.headers };
    return fetch(`${this.url}${path}`, { ...options, headers });
  }

  /** Has an export asked for at an earlier time, which a job then writes. */
  async requestAt(by: Principal, request: z.input<typeof exportRequest>, occurredAt: string): Promise<string> {
    const exportId = newId();
    const cause = {
      ...{ workspaceId: by.workspaceId, causationId: newId(), correlationId: 'test', occurredAt },
      actor: { kind: by.kind, id: by.id },
    };
    const requested = { exportId, request: exportRequest.parse(request), requestedBy: by.id, fileName: 'Sample.csv' };
    const events = eventsFrom(cause, exportId, [fact('ExportRequested', requested)]);
    await this.backends.eventStore.append(streams.export(exportId), events, 'none');
    await this.settled();
    return exportId;
  }

  /** Once an export has this status. */
  async has(status: string, id: string, by: Principal): Promise<void> {
    await eventually(
      async () => {
        const answer = JSON.stringify(await (await this.fetch(`/v1/exports/${id}`, by)).json());
        if (!answer.includes(`"status":"${status}"`)) throw new Error(answer);
      },
      { withinMs: 60_000 },
    );
  }

  /** Queries of exports that the database is running. */
  async queries(): Promise<number> {
    const sql = `select from pg_stat_activity
      where datname = current_database() and state = 'active' and query like 'copy (select%'`;
    return (await this.asOwner(sql)).length;
  }

  /** What other roles may not see and do. */
  async asOwner(sql: string, parameters?: unknown[]): Promise<unknown[]> {
    const client = await this.backends.database.connectOwner();
    try {
      return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  async objects(workspaceId: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.backends.objectStore.list(`${workspaceId}/exports/`)) keys.push(key);
    return keys;
  }

  private know({ cast: { users, workspaceId } }: SampleLog): Principal[] {
    return users.map((user) => this.admit(principalOf(user, workspaceId)));
  }
}

export interface SampleWorkspace {
  readonly workspaceId: string;
  readonly log: SampleLog;
  readonly projectId: string;
  /** The first one may everything. */
  readonly people: readonly Principal[];
}

/** Errors by their code, as the gateway gives them with more words. */
@Catch()
class CodeFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const known = error instanceof HarmonyError ? error : new HarmonyError('INTERNAL', { cause: error });
    if (response.headersSent) response.destroy();
    else response.status(known.status).json({ code: known.code, detail: known.message });
  }
}

async function serve(backends: Backends, principals: ReadonlyMap<string, Principal>): Promise<NestExpressApplication> {
  const root: DynamicModule = { module: NoFace, imports: [BackendsModule.forRoot(backends), ExportsApi] };
  const application = await NestFactory.create<NestExpressApplication>(root, { logger: false, abortOnError: false });
  application.use((request: Request, _response: Response, next: NextFunction) => {
    const principal = principals.get(request.get('X-Test-Actor') ?? '');
    attachRequestContext(request, { ...requestBy(principal as Principal), principal });
    next();
  });
  application.useGlobalFilters(new CodeFilter());
  await application.listen(0, '127.0.0.1');
  return application;
}
