import type { Configuration } from '@harmony/config';
import { PostgresEventStore, type EventStore } from '@harmony/event-store';
import type { Database } from '@harmony/read-model';

export interface OpenedEventStore {
  readonly store: EventStore;
  /** Seconds for which an open transaction has held back readers; only PostgreSQL has this. */
  readonly horizonLag?: () => Promise<number>;
}

/** EventStoreDB where its address is configured, else the same on PostgreSQL. */
export async function openEventStore({ eventStore }: Configuration, database: Database): Promise<OpenedEventStore> {
  if (eventStore.url !== undefined) {
    const { EventStoreDbEventStore } = await import('@harmony/event-store/eventstoredb');
    return { store: new EventStoreDbEventStore({ url: eventStore.url }) };
  }
  const store = PostgresEventStore.open({ pool: database.worker });
  return { store, horizonLag: () => store.horizonLag() };
}
