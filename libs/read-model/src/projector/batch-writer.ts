import { comparePositions, type LogPosition, type RecordedEvent } from '@harmony/event-store';
import type { ClientBase, Pool } from 'pg';
import { escapeLiteral } from 'pg';
import { isRefusedData } from '../database/database-error.js';
import { withClient } from '../database/transaction.js';
import type { CompiledTable } from '../fold/compiled-table.js';
import { ParkPolicy, type ParkedStream } from '../fold/error-policy.js';
import { Folder } from '../fold/fold-events.js';
import { RowCache } from '../fold/row-cache.js';
import { loadRows, writeChanges } from '../fold/rows.js';
import { advanceCheckpoint, announce, type Checkpoint } from './checkpoint.js';
import { removeParked, writeParked } from './parked-streams.js';

/** Held by a batch from before it reads until it is committed; whoever else holds it has stopped the projection. */
export const batchLock = (projection: string): string => `projection batch ${projection}`;

/** What a projection's owner knows between two batches. */
export interface Standing {
  readonly checkpoint: Checkpoint;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

interface Work {
  readonly events: readonly RecordedEvent[];
  readonly to: LogPosition;
  readonly rate: number;
  /** What Postgres said to the only event; given, the event is parked without being applied. */
  readonly refusal?: unknown;
  /** The stream that these events waited in, counted when they were first seen. */
  readonly unparks?: string;
}

/** Writes batches of one projection: rows, parked streams and checkpoint in one transaction. */
export class BatchWriter {
  constructor(
    private readonly database: Pool,
    private readonly tables: readonly CompiledTable[],
  ) {}

  /**
   * Applies the events and moves the checkpoint. Where Postgres refuses a value, the batch is halved until the event
   * is alone that brought it, and the stream of that one is parked.
   * @throws HarmonyError CHECKPOINT_CONFLICT with nothing written.
   */
  async write(standing: Standing, events: readonly RecordedEvent[], to: LogPosition, rate: number): Promise<Standing> {
    try {
      return await this.attempt(standing, { events, to, rate });
    } catch (error) {
      if (!isRefusedData(error) || events.length === 0) throw error;
      if (events.length === 1) return this.attempt(standing, { events, to, rate, refusal: error });
      const head = events.slice(0, events.length >> 1);
      const between = await this.write(standing, head, head.at(-1)?.position ?? to, rate);
      return this.write(between, events.slice(head.length), to, rate);
    }
  }

  /** Applies what waits in a parked stream; it stays parked, from where it fails now, when that does not work out. */
  async retry(standing: Standing, streamId: string, events: readonly RecordedEvent[]): Promise<Standing> {
    const { position, rate } = standing.checkpoint;
    try {
      return await this.attempt(standing, { events, to: position, rate, unparks: streamId });
    } catch (error) {
      if (!isRefusedData(error)) throw error;
      return standing;
    }
  }

  private async attempt({ checkpoint, parked }: Standing, work: Work): Promise<Standing> {
    const others = new Map(parked);
    if (work.unparks) others.delete(work.unparks);
    const policy = new ParkPolicy(others);
    const moved = await withClient(this.database, async (client) => {
      await client.query(
        `begin; select pg_advisory_xact_lock(hashtextextended(${escapeLiteral(batchLock(checkpoint.name))}, 0))`,
      );
      try {
        await this.apply(client, checkpoint.name, work, policy);
        const result = await advanceCheckpoint(client, checkpoint, {
          to: work.to,
          events: work.unparks ? 0 : work.events.length,
          unknownEvents: policy.unknownEvents,
          rate: work.rate,
        });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    });
    if (comparePositions(work.to, checkpoint.position) > 0) await announce(this.database, moved);
    return { checkpoint: moved, parked: new Map([...others, ...policy.changed]) };
  }

  private async apply(client: ClientBase, projection: string, work: Work, policy: ParkPolicy): Promise<void> {
    const caches = this.tables.map((table) => new RowCache(table, false));
    const folder = new Folder(caches, (cache, rows) => loadRows(client, cache, rows));
    if (work.refusal) for (const event of work.events) policy.failed(event, work.refusal);
    else await folder.fold(work.events, policy);
    for (const cache of caches) await writeChanges(client, cache);
    if (work.unparks) await removeParked(client, projection, work.unparks);
    await writeParked(client, projection, policy.changed.values());
  }
}
