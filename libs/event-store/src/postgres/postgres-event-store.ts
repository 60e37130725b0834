import { HarmonyError } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { noticesOf, type StopListening } from '@harmony/notices';
import pg from 'pg';
import type {
  AppendResult,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  LogBatch,
  ReadLogOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '../port.js';
import { logStart, type LogPosition } from '../position.js';
import { wrongRevision } from './append/careful-append.js';
import { Appender } from './append/appender.js';
import { expectationCode, prepareAppend } from './append/prepared-append.js';
import { asStoreError } from './failures.js';
import { LogTail } from './follow/log-tail.js';
import { channel, Notifier } from './follow/notifier.js';
import { Subscription, type SubscriptionTiming } from './follow/subscription.js';
import { WakeUps } from './follow/wake-ups.js';
import { defaultBatchSize, LogReader } from './log/log-reader.js';
import { readStream } from './read-stream.js';
import { StreamPages } from './stream-pages.js';

export interface PostgresEventStoreOptions extends Partial<SubscriptionTiming> {
  /**
   * Connections of a role that may read and write schema `event_store`; stays the caller's to end. The store keeps one
   * of them for appends, more only while one is held up; reads borrow one each. Followers hear of appends of other
   * processes over the connection that listens for all users of the pool.
   */
  readonly pool?: pg.Pool;
  /** Instead of a pool: the store opens its own. */
  readonly connectionString?: string;
}

const defaultTiming: SubscriptionTiming = { pollMs: 1_000, pendingPollMs: 20, paceMs: 25 };

/** The event log on PostgreSQL. The schema comes from `eventStoreMigrations`. */
export class PostgresEventStore implements EventStore {
  private readonly closing = new AbortController();
  private readonly wakeUps = new WakeUps();
  private readonly pages: StreamPages;
  private readonly reader: LogReader;
  private readonly tail: LogTail;
  private readonly notifier: Notifier;
  private readonly appender: Appender;
  /** What its own notices say, which it passes by: its followers woke up when it appended. */
  private readonly self = newId();
  private stopListening: StopListening | undefined;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly ownsPool: boolean,
    private readonly timing: SubscriptionTiming,
  ) {
    this.pages = new StreamPages(pool);
    this.reader = new LogReader(pool);
    this.tail = new LogTail(this.reader, this.wakeUps, timing.paceMs);
    this.notifier = new Notifier(pool, this.self);
    this.appender = new Appender(pool, () => {
      this.wakeUps.wake();
      this.notifier.notify();
    });
  }

  /** Opens no connection yet; whoever needs the store first finds out whether the server answers. */
  static open({ pool, connectionString, ...timing }: PostgresEventStoreOptions): PostgresEventStore {
    return new PostgresEventStore(pool ?? ownPool(connectionString), !pool, { ...defaultTiming, ...timing });
  }

  async append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult> {
    this.refuseWhenClosed();
    return this.appender.append(prepareAppend(streamId, events, expected));
  }

  readStream(streamId: string, options?: ReadStreamOptions): AsyncGenerator<RecordedEvent> {
    return readStream(this.pages, streamId, options);
  }

  async *readLog({
    after = logStart,
    filter = {},
    batchSize = defaultBatchSize,
  }: ReadLogOptions = {}): AsyncGenerator<LogBatch> {
    const { position } = await this.reader.end();
    yield* this.reader.read(after, position, filter, batchSize);
  }

  subscribe(options: SubscribeOptions): AsyncGenerator<LogBatch> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    const { after } = options;
    // A store that does not answer now is asked for its end again by the subscription itself.
    const start = after === 'end' ? this.head().catch(() => undefined) : Promise.resolve(after);
    this.listen();
    return new Subscription(this.reader, this.tail, this.wakeUps, this.timing, { ...options, signal }).run(start);
  }

  async deleteStream(streamId: string, expected: ExpectedRevision): Promise<void> {
    this.refuseWhenClosed();
    const text = 'select event_store.delete_stream($1, $2) as actual';
    const values = [streamId, expectationCode(expected)];
    const { rows } = await this.pool.query<{ actual: number | null }>(text, values).catch((error: unknown) => {
      throw asStoreError(error);
    });
    this.tail.forget();
    const actual = rows[0]?.actual ?? null;
    if (actual !== null) throw wrongRevision(expected, actual);
  }

  async head(): Promise<LogPosition> {
    return (await this.reader.end()).position;
  }

  /**
   * Seconds for which the oldest open write transaction of the server has kept readers from whatever came after it;
   * 0 when there is none. For a gauge.
   */
  async horizonLag(): Promise<number> {
    const { rows } = await this.pool
      .query<{ seconds: number }>('select event_store.horizon_lag() as seconds')
      .catch((error: unknown) => {
        throw asStoreError(error);
      });
    return rows[0]?.seconds ?? 0;
  }

  /** Ends subscriptions, lets appends under way finish, and ends the pool if it is the store's own. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.appender.close();
    await this.notifier.idle();
    await this.stopListening?.();
    if (this.ownsPool && !this.pool.ended) await this.pool.end();
  }

  /** Followers poll as well, so a gap here costs time and no event. */
  private listen(): void {
    this.stopListening ??= noticesOf(this.pool).listen(channel, {
      heard: ({ payload }) => {
        if (payload !== this.self) this.wakeUps.wake();
      },
      listening: this.wakeUps.wake,
    });
  }

  private refuseWhenClosed(): void {
    if (this.closing.signal.aborted) throw new HarmonyError('STORE_UNAVAILABLE', { detail: 'The store is closed.' });
  }
}

function ownPool(connectionString: string | undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 5_000, keepAlive: true });
  // An idle connection that breaks is replaced; whoever asks next finds out if the server is gone.
  pool.on('error', () => undefined);
  return pool;
}
