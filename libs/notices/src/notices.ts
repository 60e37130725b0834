import { backoffMs } from '@harmony/kernel';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const backoff = { firstMs: 100, maximumMs: 5_000 };
const noop = (): void => undefined;

/** Whoever hears what is notified on a channel. */
export interface NoticeListener {
  readonly heard: (notice: pg.Notification) => void;
  /** Everything is heard from here on; what came before may have been missed. Said again after each lost connection. */
  readonly listening?: () => void;
}

/** Hears nothing more at once; resolves when nothing of the listener is left. */
export type StopListening = () => Promise<void>;

/**
 * Hears what Postgres notifies, for everybody in a process, over one connection: with each notice Postgres wakes every
 * connection of the database that listens at all, whatever it listens to. The connection is there while anybody listens
 * and is replaced when it is lost; who cannot do without a notice asks by itself now and then as well.
 */
export class Notices {
  private readonly channels = new Map<string, Set<NoticeListener>>();
  /** Aborted when nobody listens any more. */
  private working: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();
  private client: pg.Client | undefined;
  /** A client takes one statement after the other. */
  private asked: Promise<unknown> = Promise.resolve();

  /** @param pool whose options the connection has; it takes none of the pool's. */
  constructor(private readonly pool: pg.Pool) {}

  /** Tells the listener until it is stopped. The name of the channel is taken to the letter. */
  listen(channel: string, listener: NoticeListener): StopListening {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(listener));
    if (!this.working) this.start();
    else if (this.client) void this.subscribe(this.client, [[channel, listener]]).catch(noop);
    return () => this.leave(channel, listener);
  }

  private start(): void {
    const working = new AbortController();
    this.working = working;
    this.ended = this.ended.then(() => this.keepListening(working.signal));
  }

  private async leave(channel: string, listener: NoticeListener): Promise<void> {
    const listeners = this.channels.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.channels.delete(channel);
    if (this.channels.size > 0) {
      if (this.client) await this.ask(this.client, `unlisten ${quoted(channel)}`).catch(noop);
      return;
    }
    this.working?.abort();
    this.working = this.client = undefined;
    await this.ended;
  }

  private async keepListening(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      await this.listenUntilLost(signal, () => (failures = 0)).catch(noop);
      await pause(backoffMs(Math.max(failures, 1), backoff), undefined, { signal, ref: false }).catch(noop);
    }
  }

  private async listenUntilLost(signal: AbortSignal, onListening: () => void): Promise<void> {
    const client = new pg.Client(this.pool.options);
    // A connection that breaks says so by its end.
    client.on('error', noop);
    client.on('notification', (notice) => {
      for (const { heard } of this.channels.get(notice.channel) ?? []) heard(notice);
    });
    const lost = once(client, 'end', { signal }).catch(noop);
    try {
      await client.connect();
      this.client = client;
      await this.subscribe(client, this.all());
      onListening();
      await lost;
    } finally {
      this.client = undefined;
      await client.end().catch(noop);
    }
  }

  private all(): [channel: string, listener: NoticeListener][] {
    return [...this.channels].flatMap(([channel, listeners]) =>
      [...listeners].map((listener): [string, NoticeListener] => [channel, listener]),
    );
  }

  private ask(client: pg.Client, sql: string): Promise<unknown> {
    const asked = this.asked.then(() => client.query(sql));
    this.asked = asked.catch(noop);
    return asked;
  }

  private async subscribe(client: pg.Client, wanted: readonly [channel: string, NoticeListener][]): Promise<void> {
    const channels = new Set(wanted.map(([channel]) => channel));
    await this.ask(client, [...channels].map((channel) => `listen ${quoted(channel)}`).join('; '));
    for (const [channel, listener] of wanted) {
      if (this.channels.get(channel)?.has(listener)) listener.listening?.();
    }
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const byPool = new WeakMap<pg.Pool, Notices>();

/** The one that all users of a pool share. */
export function noticesOf(pool: pg.Pool): Notices {
  const notices = byPool.get(pool) ?? new Notices(pool);
  byPool.set(pool, notices);
  return notices;
}
