import { eventStoreMigrations, PostgresEventStore, type EventToAppend } from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import { migrate, openDatabase, type Database } from '@harmony/read-model';
import type { PostgresServer } from '@harmony/testing';

export interface OpenLog {
  readonly store: PostgresEventStore;
  readonly database: Database;
  close(): Promise<void>;
}

/** The event store as the services have it: on the pool of the worker role. */
export async function openLog(server: PostgresServer): Promise<OpenLog> {
  await migrate(server.url, [eventStoreMigrations]);
  const database = await openDatabase({ url: server.url });
  const store = PostgresEventStore.open({ pool: database.worker });
  const close = async (): Promise<void> => {
    await store.close();
    await database.close();
  };
  return { store, database, close };
}

/** A table of the test's own, which workers may write to. */
export async function createTable({ database }: OpenLog, name: string, columns: string): Promise<void> {
  const owner = await database.connectOwner();
  try {
    await owner.query(`create table ${name} (${columns})`);
    await owner.query(`grant insert, select on ${name} to harmony_worker`);
  } finally {
    await owner.end();
  }
}

export const anEvent = (): EventToAppend => ({
  id: newId(),
  type: 'Written',
  version: 1,
  occurredAt: new Date().toISOString(),
  workspaceId: newId(),
  actor: { kind: 'SYSTEM', id: 'fault test' },
  correlationId: newId(),
  causationId: newId(),
  data: { text: 'something happened' },
});
