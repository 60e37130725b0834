import { HarmonyError } from '@harmony/contracts';
import type { EventStore, EventToAppend, ReadStreamOptions, RecordedEvent } from '@harmony/event-store';

/** The streams of a log in memory: what a Kafka feed needs of a store, for tests that are not about stores. */
export class MemoryLog implements Pick<EventStore, 'readStream'> {
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #deleted = new Set<string>();
  #appended = 0n;
  /** Reads throw this while it is set. */
  failure: HarmonyError | undefined;
  reads = 0;

  /** Appending an event again gives the first one back. */
  append(streamId: string, event: EventToAppend): RecordedEvent {
    const stream = this.#streams.get(streamId) ?? [];
    const there = stream.find(({ id }) => id === event.id);
    if (there) return there;
    this.#appended += 1n;
    const position = { major: 1n, minor: this.#appended };
    const recorded = { ...event, streamId, revision: stream.length, position, recordedAt: event.occurredAt };
    this.#streams.set(streamId, [...stream, recorded]);
    return recorded;
  }

  delete(streamId: string): void {
    this.#deleted.add(streamId);
  }

  async *readStream(streamId: string, { from = 0, limit }: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    this.reads += 1;
    if (this.failure) throw this.failure;
    if (this.#deleted.has(streamId)) throw new HarmonyError('STREAM_DELETED');
    yield* (this.#streams.get(streamId) ?? []).slice(from, limit === undefined ? undefined : from + limit);
  }
}
