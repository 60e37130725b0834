import { errorKind, HarmonyError } from '@harmony/contracts';
import {
  comparePositions,
  logStart,
  parsePosition,
  type EventStore,
  type LogBatch,
  type LogFilter,
  type LogPosition,
} from '@harmony/event-store';
import { backoffMs, withQuietTimes } from '@harmony/kernel';
import type { Pool } from 'pg';
import type { Delivery, Feed } from '../port.js';
import { databaseError } from '../database/database.js';
import { pause } from '../runtime/pause.js';
import { Checkpoint, storedCheckpoint } from './checkpoint.js';
import { deliveryOf } from './delivery.js';
import { ownership, type Ownership } from './ownership.js';

export interface LogFeedOptions {
  readonly store: EventStore;
  /** Under the worker role; schema `messaging` is migrated. */
  readonly pool: Pool;
  /** Consumer group: one instance reads, the others stand by and take over. */
  readonly consumer: string;
  readonly filter?: LogFilter;
  /** Events read at once. */
  readonly batchSize?: number;
  /** Where a group that has never run begins; the beginning of the log if absent. */
  readonly startAt?: 'beginning' | 'end';
  /** How often an instance that stands by asks whether it may take over. */
  readonly takeOverEveryMs?: number;
}

/**
 * A checkpoint in an empty stretch of the log is worth a write this often, and not for each look at the log; and so soon
 * when the log falls silent, so that nobody seems to be behind.
 */
const emptyAdvanceMs = 1_000;

/** The store's own log as a feed: durable without a broker. Its only partition is `log`; offsets are log positions. */
export class LogFeed implements Feed {
  #ownership: Ownership | undefined;
  /** Of this ownership: what an earlier one left under way ends without it. */
  #checkpoint: Checkpoint | undefined;
  /** The last position handed out, and how far the log was scanned; both exclusive starts of what is left. */
  #delivered = logStart;
  #scanned = logStart;
  #emptyAdvancedAt = 0;

  constructor(private readonly options: LogFeedOptions) {}

  /** Survives an outage of database or store, and the loss of its ownership, by beginning again at the checkpoint. */
  async *deliveries(signal: AbortSignal): AsyncIterable<readonly Delivery[]> {
    for (let failures = 0; !signal.aborted;) {
      try {
        for await (const batch of this.#owned(signal)) {
          failures = 0;
          yield batch;
        }
      } catch (thrown) {
        const error = databaseError(thrown);
        if (errorKind(error) !== 'retriable') throw error;
      }
      failures += 1;
      await pause(backoffMs(failures, { firstMs: 100, maximumMs: 5_000 }), signal);
    }
  }

  /**
   * Ignored while another instance owns the group, and for what only an earlier ownership handed out: whatever this one
   * still holds is read again.
   */
  async commit(_partition: string, offset: string): Promise<void> {
    const position = parsePosition(offset);
    if (!position) return;
    const place = comparePositions(position, this.#delivered);
    if (place <= 0) await this.#advance(place === 0 ? this.#scanned : position);
  }

  /**
   * How far the end of the log is from what was read and committed, in the first number of a position: transactions
   * on Postgres, bytes on EventStoreDB. At least 1 while anything is left, and 0 only then; cheap, unlike a count of events.
   */
  async lag(): Promise<number | undefined> {
    const { store, pool, consumer } = this.options;
    const head = await store.head();
    const reached = this.#checkpoint ? this.#reached(this.#checkpoint) : await storedCheckpoint(pool, consumer);
    if (!reached) return undefined;
    return comparePositions(reached, head) >= 0 ? 0 : Math.max(1, Number(head.major - reached.major));
  }

  async close(): Promise<void> {
    const owned = this.#ownership;
    this.#ownership = undefined;
    this.#checkpoint = undefined;
    await owned?.release();
  }

  async *#owned(signal: AbortSignal): AsyncIterable<readonly Delivery[]> {
    const { pool, consumer, store, filter, takeOverEveryMs = 1_000, batchSize = 500 } = this.options;
    await this.close();
    const owned = await ownership(pool, consumer, takeOverEveryMs, signal);
    if (!owned) return;
    this.#ownership = owned;
    const checkpoint = await Checkpoint.load(pool, consumer, () => this.#beginning());
    const after = checkpoint.current;
    this.#checkpoint = checkpoint;
    this.#delivered = after;
    this.#scanned = after;
    const ended = new AbortController();
    const reading = AbortSignal.any([signal, owned.lost, ended.signal]);
    const batches = store.subscribe({ after, filter, batchSize, signal: reading });
    try {
      for await (const batch of withQuietTimes(batches, () => emptyAdvanceMs)) {
        if (reading.aborted) return;
        if (batch) yield* this.#deliver(batch, checkpoint);
        else if (this.#settled(checkpoint)) await this.#advance(this.#scanned);
      }
    } finally {
      ended.abort();
    }
  }

  async *#deliver(batch: LogBatch, checkpoint: Checkpoint): AsyncIterable<readonly Delivery[]> {
    const last = batch.events.at(-1);
    const settled = this.#settled(checkpoint);
    this.#scanned = batch.scannedTo;
    if (last) {
      this.#delivered = last.position;
      yield batch.events.map(deliveryOf);
    } else if (settled && performance.now() - this.#emptyAdvancedAt > emptyAdvanceMs) {
      this.#emptyAdvancedAt = performance.now();
      await this.#advance(batch.scannedTo);
    }
  }

  /**
   * A checkpoint that is elsewhere was moved by whoever owned the group before, by a statement that arrived late, or by
   * an operator: the ownership is let go, to begin again at what is stored.
   */
  async #advance(to: LogPosition): Promise<void> {
    const owned = this.#ownership;
    if (!owned || owned.lost.aborted) return;
    try {
      await this.#checkpoint?.advance(to);
    } catch (error) {
      if (!(error instanceof HarmonyError) || error.code !== 'CHECKPOINT_CONFLICT') throw error;
      await owned.release();
    }
  }

  /** True when everything that was handed out is committed. */
  #settled(checkpoint: Checkpoint): boolean {
    return comparePositions(checkpoint.current, this.#delivered) >= 0;
  }

  /** A stretch in which the filter found nothing counts as read, although its checkpoint may come later. */
  #reached(checkpoint: Checkpoint): LogPosition {
    return this.#settled(checkpoint) ? this.#scanned : checkpoint.current;
  }

  async #beginning(): Promise<LogPosition> {
    return this.options.startAt === 'end' ? this.options.store.head() : logStart;
  }
}
