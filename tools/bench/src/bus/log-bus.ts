import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { LogFeed, messagingMigrations } from '@harmony/messaging';
import { migrate, openDatabase } from '@harmony/read-model';
import type pg from 'pg';
import type { BenchDatabase } from '../harness/postgres.js';
import { consumeByRuntime, consumeFeed } from './consume.js';
import type { Bus, Consume } from './measure.js';

/** The store's own log as a bus. */
export interface LogBus extends Bus {
  readonly store: PostgresEventStore;
  /** Under the worker role. */
  readonly worker: pg.Pool;
  /** The feed by itself: each batch takes effect, then its end is committed. */
  readonly byFeed: Consume;
  /** The whole runtime: decode and validate, handler, mark in the inbox, commit. */
  readonly byRuntime: Consume;
  close(): Promise<void>;
}

export async function openLogBus({ server, pool }: BenchDatabase): Promise<LogBus> {
  await migrate(server.url, [eventStoreMigrations, messagingMigrations]);
  const database = await openDatabase({ url: server.url, workerConnections: 20, servingConnections: 1 });
  const { worker } = database;
  const store = PostgresEventStore.open({ pool: worker });
  return {
    name: 'log of the store',
    store,
    worker,
    publish: async (_publisher, messages) => {
      const events = messages.map(({ event }) => event);
      await store.append(messages[0]?.key ?? '', events, 'any');
    },
    stored: async () => {
      const { rows } = await pool.query<{ count: number }>('select count(*)::integer as count from event_store.events');
      return rows[0]?.count ?? 0;
    },
    clear: async () => {
      await pool.query('truncate event_store.events');
      await pool.query('checkpoint');
    },
    byFeed: (consumer, tally) => consumeFeed(new LogFeed({ store, pool: worker, consumer }), tally),
    byRuntime: (consumer, tally) =>
      consumeByRuntime(new LogFeed({ store, pool: worker, consumer }), worker, consumer, tally),
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
