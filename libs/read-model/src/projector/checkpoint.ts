import { HarmonyError } from '@harmony/contracts';
import { formatPosition, type LogPosition } from '@harmony/event-store';
import type { ClientBase, Pool } from 'pg';

/** `live` follows the log; `waiting` has no owner yet; the others say by themselves what is wrong or going on. */
export type ProjectionState = 'waiting' | 'live' | 'replaying' | 'failed';

/** Where a projection stands: the row that its batches move by compare-and-set. */
export interface Checkpoint {
  readonly name: string;
  readonly version: number;
  /** Grows with each swap of the tables. */
  readonly generation: string;
  readonly tables: readonly string[];
  readonly position: LogPosition;
  /** Events of the projection's streams that were scanned. */
  readonly events: number;
  readonly unknownEvents: number;
  /** Events a second, smoothed. */
  readonly rate: number;
  readonly state: ProjectionState;
  readonly cause: string | null;
  readonly owner: string | null;
  readonly heartbeat: Date | null;
  readonly updatedAt: Date;
}

interface CheckpointRow extends Omit<Checkpoint, 'position' | 'events' | 'unknownEvents'> {
  readonly major: string;
  readonly minor: string;
  readonly events: string;
  readonly unknownEvents: string;
}

const columns = `name, version, generation, tables, major, minor, events, unknown_events as "unknownEvents", rate, state,
  cause, owner, heartbeat, updated_at as "updatedAt"`;

const fromRow = ({ major, minor, events, unknownEvents, ...row }: CheckpointRow): Checkpoint => ({
  ...row,
  position: { major: BigInt(major), minor: BigInt(minor) },
  events: Number(events),
  unknownEvents: Number(unknownEvents),
});

/** Of all projections; a replay that parks keeps a row of its own beside them, which is none. */
export async function readCheckpoints(database: Pool | ClientBase): Promise<Checkpoint[]> {
  const { rows } = await database.query<CheckpointRow>(
    `select ${columns} from projections.checkpoints where name not like 'shadow of %' order by name`,
  );
  return rows.map(fromRow);
}

/** @throws HarmonyError UNKNOWN_PROJECTION where `migrate` has never seen the projection. */
export async function readCheckpoint(database: Pool | ClientBase, name: string): Promise<Checkpoint> {
  const { rows } = await database.query<CheckpointRow>(
    `select ${columns} from projections.checkpoints where name = $1`,
    [name],
  );
  if (!rows[0]) throw new HarmonyError('UNKNOWN_PROJECTION', { detail: `No projection ${name} is set up here.` });
  return fromRow(rows[0]);
}

/** Makes this owner the one whose batches count; those of an earlier owner find zero rows from now on. */
export async function claimCheckpoint(database: Pool, name: string, owner: string): Promise<Checkpoint> {
  await database.query(
    `update projections.checkpoints set owner = $2, heartbeat = now(), updated_at = now() where name = $1`,
    [name, owner],
  );
  return readCheckpoint(database, name);
}

export interface Advance {
  readonly to: LogPosition;
  readonly events: number;
  readonly unknownEvents: number;
  readonly rate: number;
}

/**
 * Moves the checkpoint from exactly where the caller saw it, within the caller's transaction.
 * @throws HarmonyError CHECKPOINT_CONFLICT when it is not there any more: roll back.
 */
export async function advanceCheckpoint(client: ClientBase, from: Checkpoint, advance: Advance): Promise<Checkpoint> {
  const { rowCount } = await client.query(
    `update projections.checkpoints
        set major = $6, minor = $7, events = events + $8, unknown_events = unknown_events + $9, rate = $10,
            heartbeat = now(), updated_at = now()
      where name = $1 and owner = $2 and generation = $3 and major = $4 and minor = $5`,
    [
      from.name,
      from.owner,
      from.generation,
      from.position.major,
      from.position.minor,
      advance.to.major,
      advance.to.minor,
      advance.events,
      advance.unknownEvents,
      advance.rate,
    ],
  );
  if (rowCount !== 1) {
    throw new HarmonyError('CHECKPOINT_CONFLICT', {
      detail: `The checkpoint of ${from.name} is no longer at ${formatPosition(from.position)} in these hands.`,
    });
  }
  return {
    ...from,
    position: advance.to,
    events: from.events + advance.events,
    unknownEvents: from.unknownEvents + advance.unknownEvents,
    rate: advance.rate,
  };
}

/** Says how the projection is doing; only its owner may. */
export async function reportState(
  database: Pool,
  checkpoint: Pick<Checkpoint, 'name' | 'owner'>,
  state: ProjectionState,
  cause: string | null = null,
): Promise<void> {
  await database.query(
    `update projections.checkpoints set state = $3, cause = $4, heartbeat = now(), updated_at = now()
      where name = $1 and owner = $2`,
    [checkpoint.name, checkpoint.owner, state, cause],
  );
}

/** Says that nobody follows the log for this projection any more, unless somebody else has begun to. */
export async function releaseCheckpoint(
  database: Pool,
  { name, owner }: Pick<Checkpoint, 'name' | 'owner'>,
): Promise<void> {
  await database.query(
    `update projections.checkpoints set owner = null, state = 'waiting', updated_at = now()
      where name = $1 and owner = $2`,
    [name, owner],
  );
}

/** A sign of life of an idle owner. */
export async function beat(database: Pool, { name, owner }: Pick<Checkpoint, 'name' | 'owner'>): Promise<void> {
  await database.query('update projections.checkpoints set heartbeat = now() where name = $1 and owner = $2', [
    name,
    owner,
  ]);
}

/** Wakes who waits for this position. Sent after the commit: within it, all notifying commits would queue up. */
export async function announce(
  database: Pool,
  { name, position }: Pick<Checkpoint, 'name' | 'position'>,
): Promise<void> {
  await database.query("select pg_notify('projection_advanced', $1)", [`${name} ${formatPosition(position)}`]);
}
