import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, LogBatch, LogFilter, ReadLogOptions, ReadStreamOptions, RecordedEvent } from '../port.js';

/** The store under test; a function, since it is opened only when the tests run. */
export type Subject = () => EventStore;

/** All events of a stream, read to the end. */
export async function streamOf(
  store: EventStore,
  stream: string,
  options?: ReadStreamOptions,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(stream, options)) events.push(event);
  return events;
}

/** All batches up to the end of the log. */
export async function batchesOf(store: EventStore, options?: ReadLogOptions): Promise<LogBatch[]> {
  const batches: LogBatch[] = [];
  for await (const batch of store.readLog(options)) batches.push(batch);
  return batches;
}

export const eventsOf = (batches: readonly LogBatch[]): RecordedEvent[] => batches.flatMap((batch) => batch.events);

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map((event) => event.id);

/** Waits until the log shows at least `count` events: an append becomes readable in the log a moment after its reply. */
export async function logOnceItHas(store: EventStore, count: number, filter: LogFilter): Promise<RecordedEvent[]> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const events = eventsOf(await batchesOf(store, { filter }));
    if (events.length >= count) return events;
    if (performance.now() > deadline) throw new Error(`The log shows ${events.length} of ${count} events.`);
    await pause(20);
  }
}
