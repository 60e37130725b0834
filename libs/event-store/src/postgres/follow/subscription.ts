import { backoffMs } from '@harmony/kernel';
import type { LogBatch, SubscribeOptions } from '../../port.js';
import { comparePositions, type LogPosition } from '../../position.js';
import { isUnavailable } from '../failures.js';
import { defaultBatchSize, type LogReader } from '../log/log-reader.js';
import type { LogTail } from './log-tail.js';
import type { WakeUps } from './wake-ups.js';

export interface SubscriptionTiming {
  /** How often the log is looked at when no notice comes. */
  readonly pollMs: number;
  /** The same while committed events wait behind an older open transaction, whose end sends no notice. */
  readonly pendingPollMs: number;
  /** Time from a look that found something to the next, at least: what is appended in between is handled together. */
  readonly paceMs: number;
}

const backoff = { firstMs: 50, maximumMs: 5_000 };

/** Reads to the end of the log, waits until there may be more, and so on, for ever. */
export class Subscription {
  private failures = 0;
  private saidCaughtUp = false;

  constructor(
    private readonly reader: LogReader,
    private readonly tail: LogTail,
    private readonly wakeUps: WakeUps,
    private readonly timing: SubscriptionTiming,
    private readonly options: SubscribeOptions,
  ) {}

  /** @param start where to begin; a promise, since the end of the log is asked for when the subscription is made. */
  async *run(start: Promise<LogPosition | undefined>): AsyncGenerator<LogBatch> {
    this.tail.followers += 1;
    try {
      yield* this.follow(start);
    } finally {
      this.tail.followers -= 1;
    }
  }

  private async *follow(start: Promise<LogPosition | undefined>): AsyncGenerator<LogBatch> {
    const { signal } = this.options;
    let after = await start;
    while (!signal.aborted) {
      let { seen } = this.wakeUps;
      let waitMs = this.timing.pollMs;
      try {
        const end = await this.tail.grow();
        seen = end.seen;
        after ??= end.position;
        for await (const batch of this.newBatches(after, end.position)) {
          after = batch.scannedTo;
          yield batch;
          if (signal.aborted) return;
        }
        this.failures = 0;
        if (end.pending) waitMs = this.timing.pendingPollMs;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        this.failures += 1;
        waitMs = backoffMs(this.failures, backoff);
      }
      await this.wakeUps.after(seen, waitMs, signal);
    }
  }

  /** The batches up to an end; at a standstill only the first time, so that the caller learns that it caught up. */
  private async *newBatches(after: LogPosition, end: LogPosition): AsyncGenerator<LogBatch> {
    if (this.saidCaughtUp && comparePositions(after, end) >= 0) return;
    const { filter = {}, batchSize = defaultBatchSize } = this.options;
    const recent = this.tail.read(after, end, filter, batchSize);
    for await (const batch of recent ?? this.reader.read(after, end, filter, batchSize)) {
      if (batch.caughtUp) this.saidCaughtUp = true;
      yield batch;
    }
  }
}
