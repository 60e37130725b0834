import type { EventStore } from '@harmony/event-store';
import { eventMaker, eventsPerStream } from '../harness/events.js';

const callers = 32;

/** Fills an empty log through the store itself, a stream an append. */
export async function seedLog(store: EventStore, events: number, seed: number): Promise<void> {
  const makeEvent = eventMaker(seed);
  const streams = events / eventsPerStream;
  let next = 0;
  const write = async (): Promise<void> => {
    for (let stream = next++; stream < streams; stream = next++) {
      const numbers = Array.from({ length: eventsPerStream }, (_, revision) => stream * eventsPerStream + revision);
      await store.append(`conversation-${stream}`, numbers.map(makeEvent), 'none');
    }
  };
  await Promise.all(Array.from({ length: callers }, write));
}
