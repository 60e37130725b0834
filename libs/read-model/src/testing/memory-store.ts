import {
  comparePositions,
  logStart,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type LogBatch,
  type LogFilter,
  type LogPosition,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '@harmony/event-store';
import { EventEmitter, once } from 'node:events';

/** The log as an array: enough of the port for projections, and a place to put events that no store would accept. */
export class MemoryStore implements EventStore {
  readonly log: RecordedEvent[] = [];
  private readonly appended = new EventEmitter().setMaxListeners(0);

  async append(streamId: string, events: readonly EventToAppend[]): Promise<AppendResult> {
    for (const event of events) {
      const revision = this.log.filter((recorded) => recorded.streamId === streamId).length;
      const position = { major: BigInt(this.log.length + 1), minor: BigInt(this.log.length + 1) };
      this.log.push({ ...event, streamId, revision, position, recordedAt: event.occurredAt });
    }
    this.appended.emit('events');
    return { revision: 0, position: await this.head(), repeated: false };
  }

  async *readStream(streamId: string, { from = 0 }: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    for (const event of this.log) if (event.streamId === streamId && event.revision >= from) yield event;
  }

  async *readLog({ after = logStart, filter = {}, batchSize = 100 }: ReadLogOptions = {}): AsyncIterable<LogBatch> {
    const end = await this.head();
    let position = after;
    do {
      const batch = this.scan(position, filter, batchSize, end);
      yield batch;
      position = batch.scannedTo;
    } while (comparePositions(position, end) < 0);
  }

  async *subscribe({ after, filter = {}, batchSize = 100, signal }: SubscribeOptions): AsyncIterable<LogBatch> {
    let position = after === 'end' ? await this.head() : after;
    while (!signal.aborted) {
      // Without an await between the look and the wait, so that no append comes in between.
      const end = this.log.at(-1)?.position ?? logStart;
      if (comparePositions(position, end) < 0) {
        const batch = this.scan(position, filter, batchSize, end);
        yield batch;
        position = batch.scannedTo;
      } else await once(this.appended, 'events', { signal }).catch(() => undefined);
    }
  }

  async deleteStream(): Promise<void> {}

  async head(): Promise<LogPosition> {
    return this.log.at(-1)?.position ?? logStart;
  }

  async close(): Promise<void> {}

  private scan(after: LogPosition, filter: LogFilter, limit: number, end: LogPosition): LogBatch {
    const ahead = this.log.filter(
      ({ position }) => comparePositions(position, after) > 0 && comparePositions(position, end) <= 0,
    );
    const wanted = ahead.filter(({ streamId, type }) => {
      const prefixFits = filter.streamPrefixes?.some((prefix) => streamId.startsWith(prefix)) ?? true;
      return prefixFits && (filter.types?.includes(type) ?? true);
    });
    const events = wanted.slice(0, limit);
    const full = wanted.length > limit;
    const scannedTo = full ? (events.at(-1)?.position ?? after) : end;
    return { events, scannedTo, caughtUp: !full };
  }
}
