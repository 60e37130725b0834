import type { EventStore, EventToAppend } from '@harmony/event-store';
import { createTestDatabase } from '@harmony/testing';
import { consumerContract, type FeedEnvironment } from '../contract-suite/index.js';
import { migrateMessaging } from '../migrations/testing.js';
import { LogFeed } from './log-feed.js';
import { MemoryStore } from './memory-store.js';

async function environment(): Promise<FeedEnvironment> {
  const database = await createTestDatabase();
  await migrateMessaging(database.pool);
  const store = new MemoryStore();
  return {
    pool: database.pool,
    topic: async (name) => ({
      publish: async (messages) => {
        for (const { key, event } of messages) store.append(key, event as unknown as EventToAppend);
      },
      feed: (consumer) =>
        new LogFeed({
          store: store as unknown as EventStore,
          pool: database.pool,
          consumer,
          filter: { streamPrefixes: [`${name}-`] },
          takeOverEveryMs: 20,
        }),
    }),
    close: () => database.drop(),
  };
}

consumerContract('the log, in memory', environment);
