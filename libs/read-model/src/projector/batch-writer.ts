import type { LogPosition, RecordedEvent } from '@harmony/event-store';
import { isRefusedData } from '../database/database-error.js';
import type { CompiledTable } from '../fold/compiled-table.js';
import { ParkPolicy, type ParkedStream } from '../fold/error-policy.js';
import { Folder } from '../fold/fold-events.js';
import { RowCache } from '../fold/row-cache.js';
import { writeStatements } from '../fold/rows.js';
import type { BatchInHand, BatchTransactions, FinishedBatch, Standing } from './batch-transactions.js';
import type { Checkpoint } from './checkpoint.js';
import { parkStatements, unparkStatement } from './parked-streams.js';

/** Of an event whose store does not say. */
const usualBytes = 1_000;

interface Work {
  readonly events: readonly RecordedEvent[];
  readonly to: LogPosition;
  readonly rate: number;
  /** What Postgres said to the only event; given, the event is parked without being applied. */
  readonly refusal?: unknown;
  /** The stream that these events waited in, counted when they were first seen. */
  readonly unparks?: string;
}

/** Writes batches of one projection: rows, parked streams and checkpoint at once, or nothing. */
export class BatchWriter {
  constructor(
    private readonly transactions: BatchTransactions,
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

  private attempt(standing: Standing, work: Work): Promise<Standing> {
    return this.transactions.write({
      projection: standing.checkpoint.name,
      bytes: work.events.reduce((sum, { bytes = usualBytes }) => sum + bytes, 0),
      begin: () => this.begin(standing, work),
    });
  }

  private begin({ checkpoint, parked }: Standing, work: Work): BatchInHand {
    const others = new Map(parked);
    if (work.unparks) others.delete(work.unparks);
    const policy = new ParkPolicy(others);
    const folder = new Folder(
      this.tables.map((table) => new RowCache(table, false)),
      true,
    );
    if (work.refusal) for (const event of work.events) policy.failed(event, work.refusal);
    const prepared = folder.prepare(work.refusal ? [] : work.events, policy);
    return {
      ...{ checkpoint, wanted: prepared.wanted },
      finish: () => {
        folder.apply(prepared, policy);
        return this.finish(checkpoint, work, folder, others, policy);
      },
    };
  }

  private finish(
    checkpoint: Checkpoint,
    { to, rate, events, unparks }: Work,
    { caches }: Folder,
    others: ReadonlyMap<string, ParkedStream>,
    { changed, unknownEvents }: ParkPolicy,
  ): FinishedBatch {
    const advance = { to, rate, unknownEvents, events: unparks ? 0 : events.length };
    const statements = [
      ...caches.flatMap(writeStatements),
      ...(unparks ? [unparkStatement(checkpoint.name, unparks)] : []),
      ...parkStatements(checkpoint.name, changed.values()),
    ];
    const parked = new Map([...others, ...changed]);
    return { statements, advance, parked };
  }
}
