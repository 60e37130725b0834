import { comparePositions, logStart, type EventStore, type LogBatch, type LogPosition } from '@harmony/event-store';
import type pg from 'pg';
import type { Database } from '../database/open-database.js';
import { qualified, quoted } from '../database/identifiers.js';
import { workerRole } from '../database/settings.js';
import { compileTable, type CompiledTable } from '../fold/compiled-table.js';
import type { ParkedStream } from '../fold/error-policy.js';
import { createTableStatement, indexStatements, schemaOf } from '../migrations/projection-tables.js';
import type { Projection } from '../port.js';
import { CopyLoader, ParkingLoader, type Loader } from './loader.js';

export const shadowSchema = (projection: Projection): string => `${schemaOf(projection)}_shadow`;

const shadowCheckpoint = (projection: Projection): string => `shadow of ${projection.name}`;

export interface ShadowOptions {
  readonly database: Database;
  readonly store: EventStore;
  /** Stop at the first event that cannot be applied, or park its stream as the live projector does. */
  readonly onError: 'stop' | 'park';
  readonly batchSize?: number;
  /** Size of the rows kept in memory between batches at most, about, all tables together; 8 MiB unless told. */
  readonly bytesInMemory?: number;
  readonly signal?: AbortSignal;
  /** After each batch; awaited. */
  readonly onBatch?: (shadow: Shadow) => Promise<void> | void;
}

/** The tables of a projection once more, made from the log alone, in a schema that nobody reads. */
export class Shadow {
  position: LogPosition = logStart;
  /** Where the log begins for this projection. */
  first: LogPosition = logStart;
  events = 0;

  private constructor(
    readonly projection: Projection,
    /** As their owner; nothing else may run on it meanwhile. */
    readonly client: pg.Client,
    readonly tables: readonly CompiledTable[],
    private readonly loader: Loader,
    private readonly options: ShadowOptions,
  ) {}

  /** Starts afresh, whatever an earlier attempt has left behind. */
  static async start(projection: Projection, client: pg.Client, options: ShadowOptions): Promise<Shadow> {
    const schema = shadowSchema(projection);
    await Shadow.remove(projection, client);
    await client.query(`create schema if not exists ${quoted(schema)}`);
    await client.query(`grant usage on schema ${quoted(schema)} to ${workerRole}`);
    for (const table of projection.tables) {
      await client.query(createTableStatement(schema, table));
      await client.query(`grant select, insert, update, delete on ${qualified(schema, table.name)} to ${workerRole}`);
    }
    const tables = projection.tables.map((table) => compileTable(table, schema));
    const loader =
      options.onError === 'park'
        ? await ParkingLoader.start(options.database, shadowCheckpoint(projection), tables)
        : new CopyLoader(client, tables, options.bytesInMemory ?? 2 ** 23);
    return new Shadow(projection, client, tables, loader, options);
  }

  /** Drops the tables and the bookkeeping of a shadow, or of what was left of one. */
  static async remove(projection: Projection, client: pg.Client): Promise<void> {
    const schema = shadowSchema(projection);
    for (const { name } of projection.tables) await client.query(`drop table if exists ${qualified(schema, name)}`);
    await client.query('delete from projections.parked where projection = $1', [shadowCheckpoint(projection)]);
    await client.query('delete from projections.checkpoints where name = $1', [shadowCheckpoint(projection)]);
  }

  get parked(): ReadonlyMap<string, ParkedStream> {
    return this.loader.parked;
  }

  /**
   * Applies what came since: up to and including this position, or up to the end of the log.
   * @throws HarmonyError REPLAY_FAILED naming the event at which it stopped, or the signal's reason.
   */
  async catchUp(to?: LogPosition): Promise<void> {
    const { store, batchSize = 500, signal } = this.options;
    if (to && comparePositions(this.position, to) >= 0) return;
    const filter = { streamPrefixes: this.projection.streamPrefixes };
    for await (const batch of store.readLog({ after: this.position, filter, batchSize })) {
      signal?.throwIfAborted();
      await this.take(to ? upTo(batch, to) : batch);
      if (to && comparePositions(this.position, to) >= 0) break;
    }
    await this.loader.flush();
  }

  /** Secondary indexes and statistics, after the load. Concurrently: a plain build would hold up the readers of the log. */
  async buildIndexes(): Promise<void> {
    const schema = shadowSchema(this.projection);
    for (const table of this.projection.tables) {
      for (const statement of indexStatements(schema, table, true)) await this.client.query(statement);
      await this.client.query(`analyze ${qualified(schema, table.name)}`);
    }
  }

  private async take({ events, scannedTo }: LogBatch): Promise<void> {
    await this.loader.take(events, scannedTo);
    if (this.events === 0) this.first = events[0]?.position ?? scannedTo;
    this.position = scannedTo;
    this.events += events.length;
    await this.options.onBatch?.(this);
  }
}

function upTo(batch: LogBatch, to: LogPosition): LogBatch {
  if (comparePositions(batch.scannedTo, to) <= 0) return batch;
  const events = batch.events.filter(({ position }) => comparePositions(position, to) <= 0);
  return { events, scannedTo: to, caughtUp: false };
}
