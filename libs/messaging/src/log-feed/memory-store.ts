import { HarmonyError } from '@harmony/contracts';
import {
  comparePositions,
  logStart,
  type EventStore,
  type EventToAppend,
  type LogBatch,
  type LogPosition,
  type RecordedEvent,
  type SubscribeOptions,
} from '@harmony/event-store';

/** The part of an event store that a log feed uses, in memory, for its specs. */
export class MemoryStore implements Pick<EventStore, 'subscribe' | 'head'> {
  readonly #events: RecordedEvent[] = [];
  #appended = new AbortController();
  /** Thrown by the next look at the log, once. */
  failure: Error | undefined;

  append(streamId: string, ...events: EventToAppend[]): void {
    for (const event of events) {
      const minor = BigInt(this.#events.length + 1);
      const position = { major: 1n + minor / 3n, minor };
      const revision = this.#events.filter((other) => other.streamId === streamId).length;
      this.#events.push({ ...event, streamId, revision, position, recordedAt: new Date().toISOString() });
    }
    this.#appended.abort();
    this.#appended = new AbortController();
  }

  async head(): Promise<LogPosition> {
    return this.#events.at(-1)?.position ?? logStart;
  }

  async *subscribe({ after, filter, batchSize = 100, signal }: SubscribeOptions): AsyncIterable<LogBatch> {
    let from = after === 'end' ? await this.head() : after;
    while (!signal.aborted) {
      const failure = this.failure;
      this.failure = undefined;
      if (failure) throw failure;
      const scanned = this.#events.filter((event) => comparePositions(event.position, from) > 0).slice(0, batchSize);
      const scannedTo = scanned.at(-1)?.position;
      if (scannedTo) {
        const events = scanned.filter(
          ({ type, streamId }) =>
            (filter?.types?.includes(type) ?? true) &&
            (filter?.streamPrefixes?.some((prefix) => streamId.startsWith(prefix)) ?? true),
        );
        from = scannedTo;
        yield { events, scannedTo, caughtUp: comparePositions(scannedTo, await this.head()) === 0 };
      } else await this.#next(signal);
    }
  }

  async #next(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#appended.signal]);
    await new Promise<void>((resolve) => either.addEventListener('abort', () => resolve(), { once: true }));
  }
}

export const outage = (): HarmonyError => new HarmonyError('STORE_UNAVAILABLE');
