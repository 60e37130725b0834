import type { EventToAppend } from '@harmony/event-store';
import { eventStoreMigrations, PostgresEventStore } from '@harmony/event-store';
import { createTestDatabase } from '@harmony/testing';
import type { QueryRunner } from 'typeorm';
import type { FeedEnvironment } from '../contract-suite/index.js';
import { LogFeed, type LogFeedOptions } from '../log-feed/log-feed.js';
import { migrateMessaging } from '../migrations/testing.js';

export interface LogEnvironment extends FeedEnvironment {
  readonly url: string;
  readonly store: PostgresEventStore;
  /** A feed of the streams that start with the name and a hyphen. */
  feed(name: string, consumer: string, overrides?: Partial<LogFeedOptions>): LogFeed;
}

/** The log on a real Postgres, with the tables of consumers in the same database. */
export async function logEnvironment(): Promise<LogEnvironment> {
  const database = await createTestDatabase();
  const { pool, url } = database;
  const runner = { query: (sql: string) => pool.query(sql) } as unknown as QueryRunner;
  for (const Migration of eventStoreMigrations.migrations) await new Migration().up(runner);
  await migrateMessaging(pool);
  const store = PostgresEventStore.open({ pool, pollMs: 100 });
  const feed: LogEnvironment['feed'] = (name, consumer, overrides = {}) =>
    new LogFeed({
      store,
      pool,
      consumer,
      filter: { streamPrefixes: [`${name}-`] },
      takeOverEveryMs: 20,
      ...overrides,
    });
  return {
    url,
    pool,
    store,
    feed,
    topic: async (name) => ({
      publish: async (messages) => {
        for (const { key, event } of messages) await store.append(key, [event as unknown as EventToAppend], 'any');
      },
      feed: (consumer) => feed(name, consumer),
    }),
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
}
