/**
 * Hands out what is iterated one by one, and `undefined` whenever nothing arrived for a while, so that one loop can also
 * do what is due in quiet times. Closes the iteration when the caller stops.
 * @param woken asked for each wait: ends it before its time
 */
export async function* withQuietTimes<Item>(
  items: AsyncIterable<Item>,
  quietMs: () => number,
  woken: () => Promise<void> = never,
): AsyncGenerator<Item | undefined> {
  const iterator = items[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<Item>> | undefined;
  try {
    for (;;) {
      next ??= iterator.next();
      const arrived = await inTime(next, quietMs(), woken());
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

const never = (): Promise<void> => new Promise(() => undefined);

/** Undefined when it takes longer, or when it is called off. */
function inTime<Result>(
  result: Promise<Result>,
  milliseconds: number,
  off: Promise<void>,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    void off.then(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
