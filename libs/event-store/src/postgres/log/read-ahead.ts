import { setImmediate } from 'node:timers/promises';

/**
 * Fetches the next item while the consumer works on the current one. A consumer that does not wait for anything would
 * keep the request for the next item from being sent, so it goes out before the current one is handed over.
 */
export async function* readAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  const fetchNext = (): Promise<IteratorResult<Item>> => {
    const next = source.next();
    // Whoever asks for the item gets the failure; this only keeps it from counting as unhandled until then.
    next.catch(() => undefined);
    return next;
  };
  let pending = fetchNext();
  try {
    for (;;) {
      const current = await pending;
      if (current.done) return;
      pending = fetchNext();
      await setImmediate();
      yield current.value;
    }
  } finally {
    await pending.catch(() => undefined);
    await source.return(undefined);
  }
}
