import type { LogBatch } from '../port.js';
import { comparePositions, type LogPosition } from '../position.js';
import { applyItems, toBatch } from './batch.js';
import { unavailable } from './errors.js';
import type { LogSource } from './log-source.js';
import type { ReadingOptions } from './tail.js';

/**
 * Reads the plain log from a position to its end, without a subscription and without the server's filter:
 * the way out when a subscription stalls, and the way to the end on a server that never says "caught up".
 */
export async function* scan(source: LogSource, after: LogPosition, options: ReadingOptions): AsyncGenerator<LogBatch> {
  const end = await source.head();
  const inbox = source.read(after);
  let at = after;
  try {
    while (comparePositions(at, end) < 0 && !options.signal.aborted) {
      const word = await inbox.next(source.timing.attemptMs, options.signal);
      // The event at the end was there a moment ago: whoever does not come to it was cut off.
      if (word !== 'items') throw unavailable('A read of the log ended before the end of the log.');
      const run = applyItems(await inbox.gather(options.batchSize), options.filter, { at, live: false }, end);
      at = run.at;
      yield toBatch(run, comparePositions(at, end) >= 0);
    }
  } finally {
    inbox.close();
  }
}
