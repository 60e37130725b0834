import type {
  AppendResult,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  LogBatch,
  LogPosition,
  ReadLogOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '@harmony/event-store';
import { inSpan, type Metrics } from '@harmony/observability';

/** The same store, with its appends counted, timed and traced. */
export class ObservedEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly metrics: Metrics,
  ) {}

  async append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult> {
    const started = performance.now();
    const attributes = { 'harmony.events': events.length, 'harmony.event.type': events[0]?.type ?? '' };
    const result = await inSpan('append', attributes, () => this.store.append(streamId, events, expected));
    this.metrics.eventsAppended(events.length, (performance.now() - started) / 1000);
    return result;
  }

  readStream(streamId: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.store.readStream(streamId, options);
  }

  readLog(options?: ReadLogOptions): AsyncIterable<LogBatch> {
    return this.store.readLog(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<LogBatch> {
    return this.store.subscribe(options);
  }

  deleteStream(streamId: string, expected: ExpectedRevision): Promise<void> {
    return this.store.deleteStream(streamId, expected);
  }

  head(): Promise<LogPosition> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
