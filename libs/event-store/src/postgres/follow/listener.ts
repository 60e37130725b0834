import { backoffMs } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { channel } from './notifier.js';
import type { WakeUps } from './wake-ups.js';

const backoff = { firstMs: 100, maximumMs: 5_000 };

/**
 * Holds one connection of the pool that listens for notices, from the first follower until it is closed, and replaces
 * it when it is lost. Followers poll as well, so a gap here costs time and no event.
 */
export class Listener {
  private readonly closing = new AbortController();
  private listening: Promise<void> | undefined;

  /** @param self whose notices are not listened to: its followers woke up when it appended. */
  constructor(
    private readonly pool: Pool,
    private readonly wakeUps: WakeUps,
    private readonly self: string,
  ) {}

  start(): void {
    this.listening ??= this.keepListening();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.listening;
  }

  private async keepListening(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.listenUntilLost(await this.pool.connect(), () => (failures = 0));
      } catch {
        // The connection could not be had or was lost; the next turn gets another one.
      }
      this.wakeUps.wake();
      await pause(backoffMs(failures + 1, backoff), undefined, { signal }).catch(() => undefined);
    }
  }

  private async listenUntilLost(client: PoolClient, onListening: () => void): Promise<void> {
    const { signal } = this.closing;
    try {
      const lost = new Promise<void>((resolve) => {
        client.once('error', () => resolve());
        client.once('end', () => resolve());
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      client.on('notification', ({ payload }) => {
        if (payload !== this.self) this.wakeUps.wake();
      });
      await client.query(`listen ${channel}`);
      onListening();
      this.wakeUps.wake();
      if (!signal.aborted) await lost;
    } finally {
      client.on('error', () => undefined);
      client.release(true);
    }
  }
}
