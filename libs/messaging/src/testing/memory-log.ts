import { HarmonyError } from '@harmony/contracts';
import type { EventStore, EventToAppend, ReadStreamOptions, RecordedEvent } from '@harmony/event-store';
import { MemoryStore } from '../log-feed/memory-store.js';

/** A log in memory for tests of Kafka: the relay follows its `store`, feeds look its streams up. */
export class MemoryLog implements Pick<EventStore, 'readStream'> {
  readonly store = new MemoryStore();
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #deleted = new Set<string>();
  /** Look-ups throw this while it is set. */
  failure: HarmonyError | undefined;
  failures = 0;
  /** Events that were looked up so far. */
  lookedUp = 0;

  /** Appending an event again gives the first one back. */
  append(streamId: string, event: EventToAppend): RecordedEvent {
    const stream = this.#streams.get(streamId) ?? [];
    const there = stream.find(({ id }) => id === event.id);
    if (there) return there;
    this.store.append(streamId, event);
    const position = { major: 1n, minor: BigInt(stream.length + 1) };
    const recorded = { ...event, streamId, revision: stream.length, position, recordedAt: event.occurredAt };
    this.#streams.set(streamId, [...stream, recorded]);
    return recorded;
  }

  delete(streamId: string): void {
    this.#deleted.add(streamId);
  }

  async *readStream(streamId: string, { from = 0, limit }: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    if (this.failure) {
      this.failures += 1;
      throw this.failure;
    }
    if (this.#deleted.has(streamId)) throw new HarmonyError('STREAM_DELETED');
    for (const event of this.#streams.get(streamId)?.slice(from, limit && from + limit) ?? []) {
      this.lookedUp += 1;
      yield event;
    }
  }
}
