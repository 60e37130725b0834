import { errorKind } from '@harmony/contracts';
import { comparePositions } from '@harmony/event-store';
import { SharedRoundTrips } from '@harmony/kernel';
import type { ClientBase, Pool } from 'pg';
import { runTogether, type Statement } from '../database/run-together.js';
import { withClient } from '../database/transaction.js';
import type { ParkedStream } from '../fold/error-policy.js';
import { loadRows, type WantedRows } from '../fold/rows.js';
import {
  advanced,
  advanceStatement,
  announcement,
  asConflict,
  type Advance,
  type Checkpoint,
} from './checkpoint.js';

/** Held by a batch from before it reads until it is committed; whoever else holds it has stopped the projection. */
export const batchLock = (projection: string): string => `projection batch ${projection}`;

/** What a projection's owner knows between two batches. */
export interface Standing {
  readonly checkpoint: Checkpoint;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

/** A batch of one projection. */
export interface Batch {
  readonly projection: string;
  /** Of its events. */
  readonly bytes: number;
  /** Called again for each try. */
  readonly begin: () => BatchInHand;
}

/** A batch in one try of its transaction. */
export interface BatchInHand {
  readonly checkpoint: Checkpoint;
  /** What it has to know first. */
  readonly wanted: readonly WantedRows[];
  /** Called when that is loaded. */
  readonly finish: () => FinishedBatch;
}

/** What a batch writes, and how far the projection comes with it. */
export interface FinishedBatch {
  readonly statements: readonly Statement[];
  readonly advance: Advance;
  readonly parked: Standing['parked'];
}

/**
 * Many bytes are rows enough to keep a connection busy, and go beside the others. A batch that is held up, as by a
 * replay that exchanges its tables, holds up those of its group, and others for the patience.
 */
const limits = { groups: 4, patienceMs: 100, itemsPerGroup: 32, bytesPerGroup: 500_000, bytesAtOnce: 250_000 };

/**
 * Transactions of the projections of a process. They hear of an event at the same time, so their batches go into one
 * transaction, of two round trips: what must be read, then everything else; of one where nothing must be read.
 */
export class BatchTransactions {
  private readonly groups = new SharedRoundTrips<Batch, Standing>((batches) => this.writeGroup(batches), limits);

  constructor(private readonly database: Pool) {}

  /**
   * Writes a batch, whatever becomes of those that it shares its transaction with.
   * @throws HarmonyError CHECKPOINT_CONFLICT with nothing written; what Postgres refuses
   */
  write = (batch: Batch): Promise<Standing> => this.groups.add(batch);

  private async writeGroup(batches: readonly Batch[]): Promise<readonly (Standing | Error)[]> {
    // Always in the same order, so that no two processes wait for each other's locks.
    const sorted = [...batches].sort((left, right) => (left.projection < right.projection ? -1 : 1));
    const standings = await this.writeSorted(sorted);
    const found = new Map(sorted.map((batch, index) => [batch, standings[index]]));
    return batches.map((batch) => found.get(batch) ?? new Error(`${batch.projection} was not written`));
  }

  private async writeSorted(batches: readonly Batch[]): Promise<readonly (Standing | Error)[]> {
    try {
      return await this.inOneTransaction(batches);
    } catch (error) {
      // Where the connection is lost nobody knows what was committed; each begins anew from its checkpoint.
      if (batches.length === 1 || errorKind(error) === 'retriable') throw error;
      return Promise.all(batches.map((batch) => this.alone(batch)));
    }
  }

  private async alone(batch: Batch): Promise<Standing | Error> {
    try {
      const [standing] = await this.inOneTransaction([batch]);
      return standing ?? new Error(`${batch.projection} was not written`);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private inOneTransaction(batches: readonly Batch[]): Promise<readonly Standing[]> {
    return withClient(this.database, async (client) => {
      const inHand = batches.map(({ begin }) => begin());
      try {
        return await write(client, inHand);
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        const [only, ...others] = inHand;
        throw only && others.length === 0 ? asConflict(error, only.checkpoint) : error;
      }
    });
  }
}

async function write(client: ClientBase, batches: readonly BatchInHand[]): Promise<readonly Standing[]> {
  const begin = [...beginStatements, lockStatement(batches)];
  const wanted = batches.flatMap((batch) => batch.wanted);
  if (wanted.length > 0) await loadRows(client, wanted, begin);
  const finished = batches.map(({ checkpoint: from, finish }) => ({ from, ...finish() }));
  const standings = finished.map(({ from, advance, parked }) => ({ checkpoint: advanced(from, advance), parked }));
  const moved = finished.filter(({ from, advance: { to } }) => comparePositions(to, from.position) > 0);
  await runTogether(client, [
    ...(wanted.length > 0 ? [] : begin),
    ...finished.flatMap(({ statements }) => statements),
    advanceStatement(finished),
    { text: 'commit', prepare: true },
    ...(moved.length > 0 ? [announcement(moved.map(({ from, advance }) => advanced(from, advance)))] : []),
  ]);
  return standings;
}

/** Rows and checkpoint outlive a crash of the server together or not at all, and the log has what they were made of. */
const beginStatements: readonly Statement[] = [
  { text: 'begin', prepare: true },
  { text: 'set local synchronous_commit = off', prepare: true },
];

/** One after the other, in their order. */
const lockStatement = (batches: readonly BatchInHand[]): Statement => ({
  text: 'select pg_advisory_xact_lock(hashtextextended(lock, 0)) from json_array_elements_text($1) as lock',
  values: [JSON.stringify(batches.map(({ checkpoint: { name } }) => batchLock(name)))],
  prepare: true,
});
