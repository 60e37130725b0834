import type { TombstoneStreamOptions } from '@eventstore/db-client';
import { HarmonyError } from '@harmony/contracts';
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
import { append } from './append.js';
import { connect, type Connection } from './connection.js';
import { toExpectedRevision } from './expected-revision.js';
import { follow } from './follow.js';
import { LogSource } from './log-source.js';
import { withDefaults, type EventStoreDbOptions, type Timing } from './options.js';
import { persistently } from './patience.js';
import { toRecordedEvent } from './recorded-event.js';
import { readStream } from './stream-reader.js';

const defaultBatchSize = 500;

/**
 * The event store on EventStoreDB or KurrentDB 22.6 or later. A log position is the pair of commit and prepare
 * position; all reads go to the leader. Repeating an append is safe for ever with "none" or an exact revision;
 * with "any" and "exists" only as long as the server remembers the ids.
 */
export class EventStoreDbEventStore implements EventStore {
  private readonly timing: Timing;
  private readonly writer: Connection;
  private readonly reader: Connection;
  private readonly source: LogSource;
  private readonly closing = new AbortController();

  /** Connects with the first call. */
  constructor(options: EventStoreDbOptions) {
    this.timing = withDefaults(options);
    this.writer = connect(options.url);
    this.reader = connect(options.url);
    this.source = new LogSource(options.url, this.reader.client, this.timing);
  }

  async append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult> {
    return append(this.writer.client, this.timing, streamId, events, expected);
  }

  async *readStream(streamId: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    for await (const event of readStream(this.reader.client, this.timing, streamId, options))
      yield toRecordedEvent(event);
  }

  async *readLog({
    after = logStart,
    filter = {},
    batchSize = defaultBatchSize,
  }: ReadLogOptions = {}): AsyncIterable<LogBatch> {
    const { signal } = this.closing;
    const { patienceMs } = this.timing;
    for await (const batch of follow(this.source, { after, filter, batchSize, signal, patienceMs })) {
      yield batch;
      if (batch.caughtUp) return;
    }
  }

  async *subscribe({
    after,
    filter = {},
    batchSize = defaultBatchSize,
    signal,
  }: SubscribeOptions): AsyncIterable<LogBatch> {
    if (signal.aborted) return;
    const from = after === 'end' ? await this.head() : after;
    const either = AbortSignal.any([signal, this.closing.signal]);
    yield* follow(this.source, { after: from, filter, batchSize, signal: either, patienceMs: Infinity });
  }

  /** A tombstone: nothing can ever be appended under this name again. Its events leave the log with the next scavenge. */
  async deleteStream(streamId: string, expected: ExpectedRevision): Promise<void> {
    // The client's type leaves out "stream_exists", which the client sends all the same.
    const expectedRevision = toExpectedRevision(expected) as TombstoneStreamOptions['expectedRevision'];
    const options = { expectedRevision, deadline: this.timing.attemptMs };
    try {
      await persistently(() => this.writer.client.tombstoneStream(streamId, options), this.timing, expected);
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return;
      throw error;
    }
  }

  async head(): Promise<LogPosition> {
    return persistently(() => this.source.head(), this.timing);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.writer.close(), this.reader.close()]);
    await this.source.settled();
  }
}
