/**
 * Hands out what is iterated one by one, and `undefined` whenever nothing arrived for a while, so that one loop can also
 * do what is due in quiet times. Closes the iteration when the caller stops.
 */
export async function* withQuietTimes<Item>(
  items: AsyncIterable<Item>,
  quietMs: () => number,
): AsyncGenerator<Item | undefined> {
  const iterator = items[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<Item>> | undefined;
  try {
    for (;;) {
      next ??= iterator.next();
      const arrived = await inTime(next, quietMs());
      if (!arrived) {
        yield undefined;
        continue;
      }
      next = undefined;
      if (arrived.done) return;
      yield arrived.value;
    }
  } finally {
    // Whoever stops here has aborted the iteration or is about to, and takes nothing more.
    next?.catch(() => undefined);
    void iterator.return?.().catch(() => undefined);
  }
}

/** Undefined when it takes longer. */
function inTime<Result>(result: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
