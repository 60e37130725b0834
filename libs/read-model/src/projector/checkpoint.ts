import { HarmonyError } from '@harmony/contracts';
import { formatPosition, parsePosition, type LogPosition } from '@harmony/event-store';
import type { ClientBase, Pool } from 'pg';
import { sqlStateOf } from '../database/database-error.js';
import type { Statement } from '../database/run-together.js';
import { checkpointConflict } from '../migrations/bookkeeping.js';

/** Who moved a checkpoint says so here, and to where. */
export const progressChannel = 'projection_advanced';

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

/** A checkpoint as its owner last saw it, and how it is to be moved. */
export interface Move {
  readonly from: Checkpoint;
  readonly advance: Advance;
}

/** Moves checkpoints, each from exactly where it was seen; fails, for {@link asConflict}, when one is not there any more. */
export const advanceStatement = (moves: readonly Move[]): Statement => ({
  text: `select projections.advance(name, owner, generation, major, minor, to_major, to_minor, events, unknown_events, rate)
           from json_to_recordset($1) as moved(
             name text, owner uuid, generation bigint, major numeric, minor numeric, to_major numeric, to_minor numeric,
             events bigint, unknown_events bigint, rate real)`,
  values: [JSON.stringify(moves.map(moved))],
  prepare: true,
});

/** Positions are too large for the numbers of JSON, and go as text. */
const moved = ({ from, advance: { to, events, unknownEvents, rate } }: Move): Record<string, unknown> => ({
  ...{ name: from.name, owner: from.owner, generation: from.generation },
  ...{ major: String(from.position.major), minor: String(from.position.minor) },
  ...{ to_major: String(to.major), to_minor: String(to.minor), events, unknown_events: unknownEvents, rate },
});

/** The same of the checkpoint in hand. */
export const advanced = (from: Checkpoint, { to, events, unknownEvents, rate }: Advance): Checkpoint => ({
  ...from,
  position: to,
  events: from.events + events,
  unknownEvents: from.unknownEvents + unknownEvents,
  rate,
});

/** CHECKPOINT_CONFLICT for the failure of {@link advanceStatement}; anything else as it is. */
export function asConflict(error: unknown, { name, position }: Checkpoint): unknown {
  if (sqlStateOf(error) !== checkpointConflict) return error;
  return new HarmonyError('CHECKPOINT_CONFLICT', {
    detail: `The checkpoint of ${name} is no longer at ${formatPosition(position)} in these hands.`,
    cause: error,
  });
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

/** Wakes who waits for these positions. To be sent after the commit: within it, all notifying commits would queue up. */
export const announcement = (moved: readonly Pick<Checkpoint, 'name' | 'position'>[]): Statement => ({
  text: `select pg_notify('${progressChannel}', $1)`,
  values: [moved.map(({ name, position }) => `${name} ${formatPosition(position)}`).join('\n')],
  prepare: true,
});

/** What an announcement says. */
export function announced(payload: string): { readonly projection: string; readonly position: LogPosition }[] {
  return payload.split('\n').flatMap((line) => {
    const [projection = '', text = ''] = line.split(' ');
    const position = parsePosition(text);
    return position ? [{ projection, position }] : [];
  });
}
