/** Fetches the next item while the consumer works on the current one. */
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
      yield current.value;
    }
  } finally {
    await pending.catch(() => undefined);
    await source.return(undefined);
  }
}
