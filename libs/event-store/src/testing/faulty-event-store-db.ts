import { startTcpProxy, type TcpProxy } from '@harmony/testing';
import { EventStoreDbEventStore } from '../eventstoredb/event-store-db.js';
import type { EventStoreDbOptions } from '../eventstoredb/options.js';
import { EventStoreDbDouble } from '../eventstoredb/double/server.js';

export interface FaultyStore {
  readonly double: EventStoreDbDouble;
  readonly proxy: TcpProxy;
  /** Reaches the double through the proxy. */
  readonly store: EventStoreDbEventStore;
  /** Reaches the double without the proxy: whoever else uses the log. */
  readonly others: EventStoreDbEventStore;
  /** Ends every open connection; new ones pass. */
  readonly cut: () => void;
  close(): Promise<void>;
}

/** A store over a network that can be harmed, with waits short enough for tests. */
export async function openFaultyStore(timing: Omit<EventStoreDbOptions, 'url'> = {}): Promise<FaultyStore> {
  const double = new EventStoreDbDouble();
  const port = await double.start();
  const proxy = await startTcpProxy({ host: '127.0.0.1', port });
  const options = { silenceMs: 300, attemptMs: 3_000, backoff: { firstMs: 5, maximumMs: 50 }, ...timing };
  const store = new EventStoreDbEventStore({ ...options, url: `esdb://127.0.0.1:${proxy.port}?tls=false` });
  const others = new EventStoreDbEventStore({ url: `esdb://127.0.0.1:${port}?tls=false` });
  const cut = (): void => {
    proxy.set({ kind: 'cut' });
    proxy.set({ kind: 'pass' });
  };
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), others.close()]);
    await proxy.close();
    double.stop();
  };
  return { double, proxy, store, others, cut, close };
}
