import { eventStoreContract } from '../contract-suite/index.js';
import { EventStoreDbDouble } from './double/server.js';
import { EventStoreDbEventStore } from './event-store-db.js';

eventStoreContract('EventStoreDB, through the official client against a server double,', {
  open: async () => {
    const double = new EventStoreDbDouble();
    const store = new EventStoreDbEventStore({ url: `esdb://127.0.0.1:${await double.start()}?tls=false` });
    const close = async (): Promise<void> => {
      await store.close();
      double.stop();
    };
    return { store, close };
  },
  erasesAtOnce: false,
});
