import type { LogBatch } from '@harmony/event-store';

/**
 * Hands out the batches of a subscription one by one, and `undefined` whenever none arrived for a while, so that one
 * loop can also do what is due in quiet times. Closes the subscription when the caller stops.
 */
export async function* withQuietTimes(
  batches: AsyncIterable<LogBatch>,
  quietMs: () => number,
): AsyncGenerator<LogBatch | undefined> {
  const iterator = batches[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<LogBatch>> | undefined;
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
    // Whoever stops here has aborted the subscription or is about to; a last batch that still arrives is read again.
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
