import { createTestDatabase } from '@harmony/testing';
import { eventStoreContract } from '../contract-suite/index.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { migrateEventStore } from './testing/migrate-event-store.js';

eventStoreContract('PostgresEventStore', {
  erasesAtOnce: true,
  open: async () => {
    const database = await createTestDatabase();
    await migrateEventStore(database.pool);
    const store = PostgresEventStore.open({ pool: database.pool });
    const close = async (): Promise<void> => {
      await store.close();
      await database.drop();
    };
    return { store, close };
  },
});
