import type { LogBatch } from '../port.js';
import { comparePositions, type LogPosition } from '../position.js';
import { toHarmonyError, unavailable } from './errors.js';
import type { LogSource } from './log-source.js';
import { Patience } from './patience.js';
import { scan } from './scan.js';
import { tail, type ReadingOptions } from './tail.js';

export interface FollowOptions extends ReadingOptions {
  readonly after: LogPosition;
  /** How long the store may stay away, in milliseconds, before the reader gives up. */
  readonly patienceMs: number;
}

/**
 * The log from a position on, for ever. One subscription after the other; whenever one ends, for whatever reason,
 * the reader goes on after the last batch that it handed out and looks for itself whether anything was missed.
 */
export async function* follow(source: LogSource, options: FollowOptions): AsyncGenerator<LogBatch> {
  const patience = new Patience(source.timing, options.patienceMs);
  let last: LogBatch = { events: [], scannedTo: options.after, caughtUp: false };
  while (!options.signal.aborted) {
    try {
      for await (const batch of onePass(source, last.scannedTo, options)) {
        patience.reset();
        if (!isNews(batch, last)) continue;
        last = batch;
        yield batch;
      }
      await patience.afterFailure(unavailable('The subscription ended.'), options.signal);
    } catch (error) {
      await patience.afterFailure(toHarmonyError(error), options.signal);
    }
  }
}

/** A subscription to its end, and then the plain log to its end. */
async function* onePass(source: LogSource, after: LogPosition, options: ReadingOptions): AsyncGenerator<LogBatch> {
  let at = after;
  for await (const batch of tail(source, at, options)) {
    at = batch.scannedTo;
    yield batch;
  }
  if (!options.signal.aborted) yield* scan(source, at, options);
}

const isNews = (batch: LogBatch, last: LogBatch): boolean =>
  batch.events.length > 0 ||
  comparePositions(batch.scannedTo, last.scannedTo) > 0 ||
  (batch.caughtUp && !last.caughtUp);
