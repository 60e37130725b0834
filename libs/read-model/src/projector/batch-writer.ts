import { comparePositions, type LogPosition, type RecordedEvent } from '@harmony/event-store';
import type { ClientBase, Pool } from 'pg';
import { isRefusedData } from '../database/database-error.js';
import { runTogether, type Statement } from '../database/run-together.js';
import { withClient } from '../database/transaction.js';
import type { CompiledTable } from '../fold/compiled-table.js';
import { ParkPolicy, type ParkedStream } from '../fold/error-policy.js';
import { Folder } from '../fold/fold-events.js';
import { RowCache } from '../fold/row-cache.js';
import { loadRows, writeStatements } from '../fold/rows.js';
import { advanced, advanceStatement, announcement, asConflict, type Checkpoint } from './checkpoint.js';
import { parkStatements, unparkStatement } from './parked-streams.js';

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

  private async attempt(standing: Standing, work: Work): Promise<Standing> {
    const { checkpoint, parked } = standing;
    const others = new Map(parked);
    if (work.unparks) others.delete(work.unparks);
    const policy = new ParkPolicy(others);
    const moved = await withClient(this.database, async (client) => {
      try {
        return await this.apply(client, checkpoint, work, policy);
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw asConflict(error, checkpoint);
      }
    });
    return { checkpoint: moved, parked: new Map([...others, ...policy.changed]) };
  }

  /** In two round trips: what must be read, then everything else; in one where nothing must be read. */
  private async apply(client: ClientBase, checkpoint: Checkpoint, work: Work, policy: ParkPolicy): Promise<Checkpoint> {
    const { name } = checkpoint;
    const folder = new Folder(
      this.tables.map((table) => new RowCache(table, false)),
      true,
    );
    if (work.refusal) for (const event of work.events) policy.failed(event, work.refusal);
    const prepared = folder.prepare(work.refusal ? [] : work.events, policy);
    const begin = [{ text: 'begin', prepare: true }, lockStatement(name)] as const;
    const mustRead = prepared.wanted.length > 0;
    if (mustRead) await loadRows(client, prepared.wanted, begin);
    folder.apply(prepared, policy);
    const advance = {
      ...{ to: work.to, rate: work.rate, unknownEvents: policy.unknownEvents },
      events: work.unparks ? 0 : work.events.length,
    };
    const moved = advanced(checkpoint, advance);
    await runTogether(client, [
      ...(mustRead ? [] : begin),
      ...folder.caches.flatMap(writeStatements),
      ...(work.unparks ? [unparkStatement(name, work.unparks)] : []),
      ...parkStatements(name, policy.changed.values()),
      advanceStatement(checkpoint, advance),
      { text: 'commit', prepare: true },
      ...(comparePositions(work.to, checkpoint.position) > 0 ? [announcement(moved)] : []),
    ]);
    return moved;
  }
}

const lockStatement = (projection: string): Statement => ({
  text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
  values: [batchLock(projection)],
  prepare: true,
});
