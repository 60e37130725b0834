import { accessProjections, type Principal, type RequestContext } from '@harmony/access';
import { builtInRoles, decodeEvent, streams, type HarmonyEvent } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import type { Projection } from '@harmony/read-model';
import { startProcess, type Backends, type RunningProcess, type ServiceDescriptor } from '@harmony/runtime';
import { createTestDatabase } from '@harmony/testing';
import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiProviders } from '../api/providers.js';
import { revisions } from '../index.js';
import { revisionsProjection } from '../projections/revisions.projection.js';

@Module({})
class NoFace {}

@Module({ providers: apiProviders })
class RevisionsApi {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  ...{ name: 'workspace', api: NoFace, worker: NoFace },
  ...{ projections: accessProjections, migrations: [], afterDeadLetter: 'continue' },
};

/** Stands for the reports: a read model of another service that shows what revisions found. */
export const reports: Projection = {
  ...{ name: 'reporting.reports', version: 1, streamPrefixes: revisionsProjection.streamPrefixes },
  tables: [
    {
      name: 'runs',
      key: ['run_id'],
      columns: { run_id: 'uuid not null', workspace_id: 'uuid not null', conversation_id: 'uuid not null' },
      on: {
        InsightsRunStarted: {
          keys: ({ event: { data } }) => [[data.runId]],
          becomes: ({ event: { data, workspaceId } }) => ({
            ...{ run_id: data.runId, workspace_id: workspaceId, conversation_id: data.conversationId },
          }),
        },
      },
    },
  ],
};

const reporting: ServiceDescriptor = {
  ...{ name: 'reporting', api: NoFace, worker: NoFace },
  ...{ projections: [reports], migrations: [], afterDeadLetter: 'continue' },
};

/** A request by this principal; the same command id again is a repeat. */
export const requestBy = (principal: Principal, commandId = newId()): RequestContext => ({
  ...{ principal, commandId, correlationId: `request-${commandId}` },
});

/** A workspace with the flag on, a team, an administrator, and somebody of the team who may look only. */
export interface SampleWorkspace {
  readonly id: string;
  readonly teamId: string;
  readonly admin: Principal;
  readonly user: Principal;
}

interface Started {
  readonly running: RunningProcess;
  readonly api: INestApplicationContext;
}

async function startOn(environment: Record<string, string>): Promise<Started> {
  let api: INestApplicationContext | undefined;
  const running = await startProcess({
    composition: {
      services: [directory, reporting, { ...revisions, api: NoFace }],
      schemas: [],
      gateway: async ({ backendsModule }) => {
        const root = { module: NoFace, imports: [backendsModule, RevisionsApi] };
        api = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
        return { url: 'http://nowhere', close: async () => api?.close() };
      },
    },
    environment,
  });
  if (!api) throw new Error('The api face did not start.');
  return { running, api };
}

/** Revisions on a database of their own: projection, watch and api face. The other services are played by the test. */
export class RunningRevisions {
  private constructor(
    private started: Started,
    private readonly start: () => Promise<Started>,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(): Promise<RunningRevisions> {
    const database = await createTestDatabase();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-revisions-'));
    const start = (): Promise<Started> =>
      startOn({ DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal' });
    return new RunningRevisions(await start(), start, async () => {
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    });
  }

  get backends(): Backends {
    return this.started.running.backends;
  }

  async close(): Promise<void> {
    await this.started.running.stop();
    await this.cleanUp();
  }

  /** As for an upgrade; what was got before is gone. */
  async restart(): Promise<void> {
    await this.started.running.stop();
    this.started = await this.start();
  }

  get<Part>(part: Type<Part>): Part {
    return this.started.api.get(part, { strict: false });
  }

  async newWorkspace({ isEnabled = true } = {}): Promise<SampleWorkspace> {
    const [id, teamId] = [newId(), newId()];
    const person = ({ id: roleId, permissions }: (typeof builtInRoles)['admin' | 'user']): Principal => {
      const userId = newId();
      return {
        ...{ kind: 'USER', id: userId, userId, workspaceId: id, roleId, teamIds: [teamId] },
        permissions: new Set(permissions),
      };
    };
    const [admin, user] = [person(builtInRoles.admin), person(builtInRoles.user)];
    await this.append(id, streams.workspace(id), [
      fact('WorkspaceCreated', { name: 'Sample' }),
      fact('TeamCreated', { teamId, name: 'Sales' }),
      ...[admin, user].map(({ userId, roleId }) =>
        fact('UserAdded', {
          ...{ userId, roleId, teamIds: [teamId], name: 'Ada', email: `${userId}@example.com` },
          ...{ timezone: 'UTC', language: 'en' },
        }),
      ),
      ...(isEnabled ? [fact('FeatureFlagSet', { flag: 'reports-rerun-tab', enabled: true })] : []),
    ]);
    return { id, teamId, admin, user };
  }

  /** Behind whatever the stream holds; once readers see it. */
  async append(workspaceId: string, stream: string, facts: readonly Fact[]): Promise<void> {
    const cause = {
      ...{ workspaceId, causationId: newId(), correlationId: 'test', occurredAt: new Date().toISOString() },
      actor: { kind: 'SYSTEM', id: 'test' } as const,
    };
    await this.backends.eventStore.append(stream, eventsFrom(cause, stream, facts), 'any');
    await this.settled();
  }

  /** Until every projection has seen what is stored. */
  async settled(): Promise<void> {
    const { database, progress } = this.backends;
    const last = await lastPosition(database.worker);
    for (const name of ['access.directory', revisionsProjection.name]) await progress.waitFor(name, last, 60_000);
  }

  async eventsOf(stream: string): Promise<HarmonyEvent[]> {
    const events: HarmonyEvent[] = [];
    for await (const recorded of this.backends.eventStore.readStream(stream)) events.push(decodeEvent(recorded));
    return events;
  }
}
