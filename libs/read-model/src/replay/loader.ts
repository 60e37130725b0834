import { HarmonyError } from '@harmony/contracts';
import { logStart, type LogPosition, type RecordedEvent } from '@harmony/event-store';
import type pg from 'pg';
import { isRefusedData } from '../database/database-error.js';
import type { Database } from '../database/open-database.js';
import { runTogether } from '../database/run-together.js';
import type { CompiledTable } from '../fold/compiled-table.js';
import { reasonOf, stopPolicy, type ParkedStream } from '../fold/error-policy.js';
import { Folder } from '../fold/fold-events.js';
import { RowCache } from '../fold/row-cache.js';
import { loadRows, writeStatements } from '../fold/rows.js';
import { BatchTransactions, type Standing } from '../projector/batch-transactions.js';
import { BatchWriter } from '../projector/batch-writer.js';
import { claimCheckpoint } from '../projector/checkpoint.js';
import { copyRows } from './copy-rows.js';

/** Fills empty tables from the log. */
export interface Loader {
  take(events: readonly RecordedEvent[], to: LogPosition): Promise<void>;
  /** Everything taken so far is in the tables afterwards. */
  flush(): Promise<void>;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

/** Small enough that no write transaction holds up the readers of the log for long. */
const rowsPerCopy = 5_000;

/**
 * Folds in memory for as long as the rows fit, writes new ones by COPY, and stops at the first event that cannot be
 * applied.
 */
export class CopyLoader implements Loader {
  readonly parked = new Map<string, ParkedStream>();
  private readonly folder: Folder;

  constructor(
    private readonly client: pg.Client,
    tables: readonly CompiledTable[],
    private readonly bytesInMemory: number,
  ) {
    const caches = tables.map((table) => new RowCache(table, true));
    this.folder = new Folder(caches, false);
  }

  async take(events: readonly RecordedEvent[]): Promise<void> {
    const { caches } = this.folder;
    const prepared = this.folder.prepare(events, stopPolicy);
    if (prepared.wanted.length > 0) await loadRows(this.client, prepared.wanted);
    this.folder.apply(prepared, stopPolicy);
    const held = caches.reduce((sum, { bytes }) => sum + bytes, 0);
    if (held <= this.bytesInMemory) return;
    await this.flush();
    for (const cache of caches) cache.empty();
  }

  async flush(): Promise<void> {
    for (const cache of this.folder.caches) {
      try {
        await this.write(cache);
      } catch (error) {
        if (!isRefusedData(error)) throw error;
        const detail = `The replay stopped at a row of ${cache.table.name}: ${reasonOf(error).cause}.`;
        throw new HarmonyError('REPLAY_FAILED', { detail, cause: error });
      }
    }
  }

  private async write(cache: RowCache): Promise<void> {
    const added = cache.takeAdded();
    for (let start = 0; start < added.length; start += rowsPerCopy) {
      await copyRows(this.client, cache.table, added.slice(start, start + rowsPerCopy));
    }
    for (const statement of writeStatements(cache)) await runTogether(this.client, [statement]);
    cache.settle();
  }
}

/** Works like the live projector, batch by batch, and parks what cannot be applied just as that does. */
export class ParkingLoader implements Loader {
  private constructor(
    private readonly writer: BatchWriter,
    private standing: Standing,
  ) {}

  /** The checkpoint's row stands beside the live one under its own name, and is removed with the shadow. */
  static async start(
    database: Database,
    checkpointName: string,
    tables: readonly CompiledTable[],
  ): Promise<ParkingLoader> {
    await database.worker.query(
      `insert into projections.checkpoints (name, version, tables, major, minor) values ($1, 0, '{}', $2, $3)`,
      [checkpointName, logStart.major, logStart.minor],
    );
    const checkpoint = await claimCheckpoint(database.worker, checkpointName, crypto.randomUUID());
    return new ParkingLoader(new BatchWriter(new BatchTransactions(database.worker), tables), {
      checkpoint,
      parked: new Map(),
    });
  }

  get parked(): ReadonlyMap<string, ParkedStream> {
    return this.standing.parked;
  }

  async take(events: readonly RecordedEvent[], to: LogPosition): Promise<void> {
    this.standing = await this.writer.write(this.standing, events, to, 0);
  }

  async flush(): Promise<void> {}
}
