import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import type { EventStore, LogPosition } from '@harmony/event-store';
import { comparePositions } from '@harmony/event-store';
import { openDatabase, type Database } from '../database/open-database.js';
import { migrate } from '../migrations/migrate.js';
import { schemaOf } from '../migrations/projection-tables.js';
import type { Projection, Row } from '../port.js';
import { readCheckpoint, type Checkpoint } from '../projector/checkpoint.js';
import type { ProjectorOptions } from '../projector/projector.js';
import { runProjections, type RunningProjections } from '../projector/run-projections.js';

export interface ProjectionFixture {
  readonly server: TestDatabase;
  readonly database: Database;
  /** Starts a projector; it is stopped with the fixture. */
  run(projection: Projection, store: EventStore, more?: Partial<ProjectorOptions>): RunningProjections;
  rows(projection: Projection, table: string): Promise<Row[]>;
  checkpoint(projection: Projection): Promise<Checkpoint>;
  reached(projection: Projection, position: LogPosition): Promise<void>;
  close(): Promise<void>;
}

/** The projections' tables in a database of their own. */
export async function startProjectionFixture(projections: readonly Projection[]): Promise<ProjectionFixture> {
  const server = await createTestDatabase();
  await migrate(server.url, [], projections);
  const database = await openDatabase({ url: server.url, workerConnections: 6, servingConnections: 4 });
  const running: RunningProjections[] = [];
  const checkpoint = (projection: Projection): Promise<Checkpoint> => readCheckpoint(server.pool, projection.name);
  return {
    server,
    database,
    checkpoint,
    run: (projection, store, more) => {
      const started = runProjections([projection], { database, store, idleCheckpointMs: 10, ...more });
      running.push(started);
      return started;
    },
    rows: async (projection, table) => {
      const { rows } = await server.pool.query<{ row: Row }>(
        `select to_jsonb(t) as row from ${schemaOf(projection)}.${table} t order by t::text`,
      );
      return rows.map(({ row }) => row);
    },
    reached: (projection, position) =>
      eventually(async () => {
        const at = (await checkpoint(projection)).position;
        if (comparePositions(at, position) < 0) throw new Error(`${projection.name} is behind`);
      }),
    close: async () => {
      for (const started of running) await started.stop();
      await database.close();
      await server.drop();
    },
  };
}
