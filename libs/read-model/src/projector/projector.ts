import { errorKind, HarmonyError } from '@harmony/contracts';
import { formatPosition, type EventStore } from '@harmony/event-store';
import { backoffMs, withQuietTimes } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import { asHarmonyError } from '../database/database-error.js';
import type { Database } from '../database/open-database.js';
import { compileTable } from '../fold/compiled-table.js';
import { schemaOf } from '../migrations/projection-tables.js';
import type { Projection } from '../port.js';
import type { BatchTransactions, Standing } from './batch-transactions.js';
import { BatchWriter } from './batch-writer.js';
import { claimCheckpoint, readCheckpoint, releaseCheckpoint, reportState } from './checkpoint.js';
import { Following } from './following.js';
import { silentLog, type ProjectionLog } from './log.js';
import { acquireOwnership, type Ownership } from './ownership.js';
import { readParked } from './parked-streams.js';
import { retryParked } from './retry-parked.js';

export interface ProjectorOptions {
  readonly database: Database;
  readonly store: EventStore;
  readonly log?: ProjectionLog;
  /** Events a transaction at most. */
  readonly batchSize?: number;
  /** How often at most the checkpoint moves over events that are of no interest while nobody waits for it, milliseconds. */
  readonly idleCheckpointMs?: number;
  /**
   * Builds the tables anew when the projection's version is not the one they were made by.
   * Absent: the start fails and says what to do.
   */
  readonly rebuild?: ((projection: Projection, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Keeps the tables of one projection up to date with the log, for as long as its signal lets it. */
export class Projector {
  private readonly log: ProjectionLog;
  private readonly writer: BatchWriter;

  constructor(
    private readonly projection: Projection,
    private readonly options: ProjectorOptions,
    transactions: BatchTransactions,
  ) {
    this.log = options.log ?? silentLog;
    const schema = schemaOf(projection);
    this.writer = new BatchWriter(
      transactions,
      projection.tables.map((table) => compileTable(table, schema)),
    );
  }

  /**
   * Waits for its turn, then follows the log. Goes on by itself after lost connections and after a replay has exchanged
   * the tables; ends when the signal is aborted.
   * @throws HarmonyError CHECKPOINT_CONFLICT when another owner moved the checkpoint, or whatever else is a bug.
   */
  async run(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        const ownership = await acquireOwnership(this.options.database, this.projection.name, signal);
        if (!ownership) return;
        await this.own(ownership, signal, () => (attempt = 0)).finally(() => ownership.release());
      } catch (error) {
        if (signal.aborted) return;
        await this.recover(asHarmonyError(error), attempt, signal);
      }
    }
  }

  private async recover(error: unknown, attempt: number, signal: AbortSignal): Promise<void> {
    const fields = { projection: this.projection.name, error };
    if (errorKind(error) !== 'retriable') {
      this.log.error(fields, 'projection stopped');
      throw error;
    }
    this.log.warn(fields, 'projection interrupted, going on shortly');
    await pause(backoffMs(attempt, { firstMs: 100, maximumMs: 5_000 }), undefined, { signal }).catch(() => undefined);
  }

  private async own(ownership: Ownership, stopped: AbortSignal, progressed: () => void): Promise<void> {
    const { database, rebuild } = this.options;
    const { name, version } = this.projection;
    const signal = AbortSignal.any([stopped, ownership.lost]);
    const checkpoint = await claimCheckpoint(database.worker, name, ownership.owner);
    if (checkpoint.version !== version) {
      const need = `replay needed: the tables of ${name} were made by version ${checkpoint.version}, the code has ${version}`;
      this.log.warn({ projection: name }, need);
      if (!rebuild)
        throw new HarmonyError('REPLAY_FAILED', { detail: `${need}. Run: npm run harmony -- replay ${name}` });
      await reportState(database.worker, checkpoint, 'replaying', need);
      await rebuild(this.projection, signal);
      return;
    }
    await reportState(database.worker, checkpoint, 'live');
    const parked = await readParked(database.worker, name);
    const standing = await retryParked(
      this.options.store,
      this.projection,
      { checkpoint, parked },
      this.writer,
      this.log,
    );
    this.log.info({ projection: name, position: formatPosition(standing.checkpoint.position) }, 'projection follows');
    await this.follow(standing, ownership, signal, progressed).catch((error: unknown) =>
      this.unlessSwapped(standing, error),
    );
    if (stopped.aborted) await releaseCheckpoint(database.worker, checkpoint);
  }

  private async follow(
    standing: Standing,
    ownership: Ownership,
    signal: AbortSignal,
    progressed: () => void,
  ): Promise<void> {
    const { store, database, batchSize = 1_000, idleCheckpointMs = 500 } = this.options;
    const following = new Following(database, this.writer, this.log, idleCheckpointMs, standing);
    ownership.onWanted((position) => following.want(position));
    const ended = new AbortController();
    const batches = store.subscribe({
      after: standing.checkpoint.position,
      filter: { streamPrefixes: this.projection.streamPrefixes },
      batchSize,
      signal: AbortSignal.any([signal, ended.signal]),
    });
    try {
      for await (const batch of withQuietTimes(
        batches,
        () => following.quietMs,
        () => following.woken(),
      )) {
        if (signal.aborted) return;
        await (batch ? following.take(batch) : following.quiet());
        progressed();
      }
    } finally {
      ended.abort();
    }
    if (!signal.aborted) throw new HarmonyError('STORE_UNAVAILABLE', { detail: 'The subscription ended by itself.' });
  }

  /** A conflict because a replay exchanged the tables is none: the next round starts from the new checkpoint. */
  private async unlessSwapped({ checkpoint }: Standing, error: unknown): Promise<void> {
    if (!(error instanceof HarmonyError) || error.code !== 'CHECKPOINT_CONFLICT') throw error;
    const now = await readCheckpoint(this.options.database.worker, this.projection.name);
    const swapped = now.generation !== checkpoint.generation && now.version === checkpoint.version;
    if (!swapped) throw error;
    this.log.info(
      { projection: this.projection.name, position: formatPosition(now.position) },
      'tables were exchanged',
    );
  }
}
