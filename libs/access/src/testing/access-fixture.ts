import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, newId, type Fact } from '@harmony/kernel';
import {
  migrate,
  openDatabase,
  rowAfter,
  type Database,
  type PositionedEvent,
  type ProjectedTable,
  type RowFold,
  type Row,
} from '@harmony/read-model';
import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import type { Pool } from 'pg';
import { accessProjections, directoryProjection } from '../directory/projection.js';
import { accessMigrations } from '../secrets/migration.js';

export interface AccessFixture {
  readonly server: TestDatabase;
  readonly database: Database;
  /** Lets the facts happen in the workspace and shows them in the directory. */
  happen(workspaceId: string, facts: readonly Fact[]): Promise<void>;
  close(): Promise<void>;
}

/** The schema `access` on a database of its own, fed without an event store. */
export async function startAccess(): Promise<AccessFixture> {
  const server = await createTestDatabase();
  await migrate(server.url, [accessMigrations], accessProjections);
  const database = await openDatabase({ url: server.url, workerConnections: 5, servingConnections: 5 });
  const rows = new Map<ProjectedTable, Map<string, Row>>();
  return {
    server,
    database,
    happen: async (workspaceId, facts) => {
      const cause = { causationId: newId(), correlationId: 'test', workspaceId, occurredAt: new Date().toISOString() };
      const events = eventsFrom({ ...cause, actor: { kind: 'SYSTEM', id: 'test' } }, 'test', facts);
      for (const event of events) fold(rows, event);
      await writeAll(server.pool, rows);
    },
    close: async () => {
      await database.close();
      await server.drop();
    },
  };
}

function fold(rows: Map<ProjectedTable, Map<string, Row>>, event: HarmonyEvent): void {
  const positioned: PositionedEvent<never> = {
    event: event as never,
    streamId: 'test',
    revision: 0,
    position: { major: 0n, minor: 0n },
  };
  for (const table of directoryProjection.tables) {
    const held = rows.get(table) ?? new Map<string, Row>();
    rows.set(table, held);
    const fold = table.on[event.type] as RowFold<HarmonyEvent> | undefined;
    for (const key of fold?.keys(positioned) ?? []) {
      const row = fold && rowAfter(fold, held.get(key.join()), positioned, key);
      if (row) held.set(key.join(), row);
      else held.delete(key.join());
    }
  }
}

async function writeAll(pool: Pool, rows: Map<ProjectedTable, Map<string, Row>>): Promise<void> {
  for (const [{ name }, held] of rows) {
    await pool.query(`delete from access.${name}`);
    await pool.query(`insert into access.${name} select * from jsonb_populate_recordset(null::access.${name}, $1)`, [
      JSON.stringify([...held.values()]),
    ]);
  }
}
