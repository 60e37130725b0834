import type { Delivery, Feed } from '@harmony/messaging';
import { once } from 'node:events';

/** For a service that handles no event: nothing to read, and never behind. */
export class IdleFeed implements Feed {
  async *deliveries(signal: AbortSignal): AsyncIterable<readonly Delivery[]> {
    if (!signal.aborted) await once(signal, 'abort');
  }

  async commit(): Promise<void> {}

  async lag(): Promise<number> {
    return 0;
  }

  async close(): Promise<void> {}
}
