import { HarmonyError } from '@harmony/contracts';
import { comparePositions } from '@harmony/event-store';
import { escapeLiteral } from 'pg';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { sqlStateOf } from '../database/database-error.js';
import { qualified, quoted } from '../database/identifiers.js';
import { runTogether } from '../database/run-together.js';
import { workerRole } from '../database/settings.js';
import { transactionOn } from '../database/transaction.js';
import { schemaOf } from '../migrations/projection-tables.js';
import { secureTable } from '../migrations/security.js';
import type { Projection } from '../port.js';
import { batchLock } from '../projector/batch-transactions.js';
import { announcement, readCheckpoint, type Checkpoint } from '../projector/checkpoint.js';
import { parkStatements, unparkStatement } from '../projector/parked-streams.js';
import { shadowSchema, type Shadow } from './shadow.js';

/** Where the tables of before the last swap are kept. */
export const archiveSchema = (projection: Projection): string => `${schemaOf(projection)}_archive`;

const attempts = 100;
const pauseMs = 50;
/** Short, because every reader that comes after us waits behind us; and shorter than the server's search for deadlocks. */
const lockTimeout = '250ms';

/**
 * Puts the shadow's tables in the place of the live ones, in one short transaction: hold the live projector, apply the
 * last delta, exchange the tables, move the checkpoint. Readers see the old rows or the new ones.
 * @throws HarmonyError TIMED_OUT when readers never let go of the live tables.
 */
export async function swap(client: pg.Client, shadow: Shadow): Promise<void> {
  const archive = quoted(archiveSchema(shadow.projection));
  await client.query(`create schema if not exists ${archive}`);
  await client.query(`grant usage on schema ${archive} to ${workerRole}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await transactionOn(client, () => exchange(client, shadow));
      break;
    } catch (error) {
      if (sqlStateOf(error) !== '55P03') throw error;
      if (attempt === attempts) throw new HarmonyError('TIMED_OUT', { detail: 'Readers keep the live tables locked.' });
      await pause(pauseMs);
    }
  }
  await runTogether(client, [announcement([{ name: shadow.projection.name, position: shadow.position }])]);
}

async function exchange(client: pg.Client, shadow: Shadow): Promise<void> {
  const { name } = shadow.projection;
  await client.query(`set local lock_timeout = '${lockTimeout}'`);
  // Takes no transaction id, so that the log's readers are not held up while the delta is applied.
  await client.query(`select pg_advisory_xact_lock(hashtextextended(${escapeLiteral(batchLock(name))}, 0))`);
  const live = await readCheckpoint(client, name);
  while (comparePositions(shadow.position, live.position) < 0) await shadow.catchUp();
  await moveTables(client, shadow.projection, live);
  await moveCheckpoint(client, shadow);
}

async function moveTables(client: pg.Client, projection: Projection, live: Checkpoint): Promise<void> {
  const [schema, shadow, archive] = [schemaOf(projection), shadowSchema(projection), archiveSchema(projection)];
  const names = projection.tables.map((table) => table.name);
  for (const table of new Set([...live.tables, ...names])) {
    await client.query(`drop table if exists ${qualified(archive, table)}`);
  }
  for (const table of live.tables) {
    await client.query(`alter table ${qualified(schema, table)} set schema ${quoted(archive)}`);
  }
  for (const table of projection.tables) {
    await secureTable(client, shadow, table);
    await client.query(`alter table ${qualified(shadow, table.name)} set schema ${quoted(schema)}`);
  }
}

async function moveCheckpoint(client: pg.Client, { projection, position, events, parked }: Shadow): Promise<void> {
  await client.query(
    `update projections.checkpoints
        set version = $2, generation = generation + 1, tables = $3, major = $4, minor = $5, events = $6,
            unknown_events = 0, cause = null, updated_at = now()
      where name = $1`,
    [
      projection.name,
      projection.version,
      projection.tables.map(({ name }) => name),
      position.major,
      position.minor,
      events,
    ],
  );
  await runTogether(client, [unparkStatement(projection.name), ...parkStatements(projection.name, parked.values())]);
}

/** Gives up the tables of before the last swap. Harmless where there are none. */
export async function dropArchive(client: pg.Client, projection: Projection): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and tablename = any($2)',
    [archiveSchema(projection), projection.tables.map(({ name }) => name)],
  );
  for (const { name } of rows) await client.query(`drop table ${qualified(archiveSchema(projection), name)}`);
  return rows.length;
}
