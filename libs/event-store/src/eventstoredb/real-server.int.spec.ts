import { describeReachable } from '@harmony/testing';
import { eventStoreContract } from '../contract-suite/index.js';
import { EventStoreDbEventStore } from './event-store-db.js';

await describeReachable('eventstore', 'A real EventStoreDB or KurrentDB', ({ url }) => {
  eventStoreContract('EventStoreDB', {
    open: async () => {
      const store = new EventStoreDbEventStore({ url });
      return { store, close: () => store.close() };
    },
    erasesAtOnce: false,
  });
});
