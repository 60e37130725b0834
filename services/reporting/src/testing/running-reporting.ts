import type { Principal } from '@harmony/access';
import { isPermission, type Permission } from '@harmony/contracts';
import { eventStoreMigrations, PostgresEventStore, type LogPosition } from '@harmony/event-store';
import { lastPosition } from '@harmony/event-store/testing';
import { eventsFrom, newId, systemClock, type Fact } from '@harmony/kernel';
import {
  ListeningProgress,
  migrate,
  openDatabase,
  runProjections,
  type Database,
  type RunningProjections,
} from '@harmony/read-model';
import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { reporting } from '../index.js';
import { reportsProjection } from '../projections/reports.projection.js';
import { Moments } from '../read-model/moment.js';
import { ProjectCatalogue } from '../read-model/project-catalogue.js';

export interface Appending {
  readonly workspaceId?: string;
  /** ISO 8601; now unless told. */
  readonly occurredAt?: string;
}

/** The read side of reporting on a database of its own: a log, its projections, and the shared reads. */
export class RunningReporting {
  /** Of whatever is appended without another one. */
  readonly workspaceId = newId();
  readonly moments: Moments;
  readonly catalogue: ProjectCatalogue;

  private constructor(
    readonly server: TestDatabase,
    readonly database: Database,
    readonly store: PostgresEventStore,
    readonly progress: ListeningProgress,
    private readonly projections: RunningProjections,
  ) {
    this.moments = new Moments(database.scoped, store, progress, systemClock);
    this.catalogue = new ProjectCatalogue(database.scoped);
  }

  static async start(): Promise<RunningReporting> {
    const server = await createTestDatabase();
    const schemas = [eventStoreMigrations, { schema: 'reporting', migrations: reporting.migrations }];
    await migrate(server.url, schemas, reporting.projections);
    const database = await openDatabase({ url: server.url, workerConnections: 10, servingConnections: 6 });
    const store = PostgresEventStore.open({ pool: database.worker });
    const projections = runProjections(reporting.projections, { database, store, idleCheckpointMs: 20 });
    return new RunningReporting(server, database, store, new ListeningProgress(database), projections);
  }

  async close(): Promise<void> {
    await this.projections.stop();
    await this.progress.close();
    await this.store.close();
    await this.database.close();
    await this.server.drop();
  }

  /** Behind whatever the stream holds. */
  async append(stream: string, facts: readonly Fact[], appending: Appending = {}): Promise<LogPosition> {
    const { workspaceId = this.workspaceId, occurredAt = new Date().toISOString() } = appending;
    const cause = {
      ...{ workspaceId, occurredAt, causationId: newId(), correlationId: 'test' },
      actor: { kind: 'SYSTEM', id: 'test' } as const,
    };
    return (await this.store.append(stream, eventsFrom(cause, stream, facts), 'any')).position;
  }

  /** Once everything that is in the log is in the read model too. */
  async settled(): Promise<void> {
    await this.progress.waitFor(reportsProjection.name, await lastPosition(this.database.worker), 60_000);
  }

  /** Somebody of the workspace with these permissions; everything of conversations and projects unless told. */
  reader(who: Partial<Omit<Principal, 'permissions'>> & { readonly permissions?: readonly string[] } = {}): Principal {
    const { permissions = ['conversations:read:all', 'projects:read:all'], ...more } = who;
    const userId = newId();
    return {
      ...{ kind: 'USER', id: userId, userId, workspaceId: this.workspaceId, roleId: newId(), teamIds: [] },
      ...more,
      permissions: new Set(permissions.filter((text): text is Permission => isPermission(text))),
    };
  }
}
