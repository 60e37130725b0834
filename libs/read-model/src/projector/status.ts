import type { EventStore, LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import type { Projection } from '../port.js';
import { readCheckpoints, type Checkpoint } from './checkpoint.js';
import { readParked } from './parked-streams.js';
import type { ParkedStream } from '../fold/error-policy.js';

/** An owner shows a sign of life every 10 seconds. */
const silentAfterMs = 60_000;

export interface ProjectionStatus {
  readonly name: string;
  /**
   * `live`: follows the log; `not running`: nobody owns it; `replay needed`: its tables were made by another version;
   * `replaying`: they are being made anew at start; `not set up`: this database has never seen it.
   */
  readonly state: 'live' | 'not running' | 'replay needed' | 'replaying' | 'not set up';
  readonly position: LogPosition | undefined;
  /** Events of its streams between the checkpoint and the end of the log, counted up to {@link countLimit}. */
  readonly behind: number | undefined;
  readonly events: number;
  readonly unknownEvents: number;
  /** Events a second, when it last moved. */
  readonly rate: number;
  readonly parked: readonly ParkedStream[];
  readonly updatedAt: Date | undefined;
}

/** A replay or verification that runs now, or the last one of a projection. */
export interface ReplayStatus {
  readonly projection: string;
  readonly kind: string;
  readonly state: string;
  readonly events: number;
  readonly rate: number;
  readonly cause: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

export const countLimit = 10_000;

/**
 * How many events of these streams, of all unless told, lie behind a position, at most {@link countLimit}. Asks the store
 * itself, never whoever follows it; counts events, since positions have gaps of every size.
 */
export async function countBehind(
  store: EventStore,
  after: LogPosition,
  streamPrefixes?: readonly string[],
): Promise<number> {
  let count = 0;
  const filter = streamPrefixes ? { streamPrefixes } : {};
  for await (const { events } of store.readLog({ after, filter, batchSize: 1_000 })) {
    count += events.length;
    if (count >= countLimit) return countLimit;
  }
  return count;
}

/** Where each projection stands. */
export async function projectionStatus(
  database: Pool,
  store: EventStore,
  projections: readonly Projection[],
): Promise<ProjectionStatus[]> {
  const checkpoints = new Map((await readCheckpoints(database)).map((checkpoint) => [checkpoint.name, checkpoint]));
  const { rows } = await database.query<{ now: Date }>('select clock_timestamp() as now');
  const now = rows[0]?.now ?? new Date();
  return Promise.all(
    projections.map(async (projection) => {
      const checkpoint = checkpoints.get(projection.name);
      if (!checkpoint) return { ...unseen, name: projection.name };
      const parked = await readParked(database, projection.name);
      return {
        ...checkpoint,
        state: stateOf(projection, checkpoint, now),
        behind: await countBehind(store, checkpoint.position, projection.streamPrefixes),
        parked: [...parked.values()],
      };
    }),
  );
}

export async function replayStatus(database: Pool): Promise<ReplayStatus[]> {
  const { rows } = await database.query<ReplayStatus>(
    `select projection, kind, state, events::float8 as events, rate, cause, started_at as "startedAt",
            updated_at as "updatedAt" from projections.replays order by projection`,
  );
  return rows;
}

const unseen = {
  state: 'not set up',
  position: undefined,
  behind: undefined,
  events: 0,
  unknownEvents: 0,
  rate: 0,
  parked: [],
  updatedAt: undefined,
} as const;

function stateOf({ version }: Projection, checkpoint: Checkpoint, now: Date): ProjectionStatus['state'] {
  const silentFor = now.getTime() - (checkpoint.heartbeat?.getTime() ?? -Infinity);
  if (checkpoint.state === 'replaying' && checkpoint.version !== version) return 'replaying';
  if (checkpoint.version !== version) return 'replay needed';
  return silentFor > silentAfterMs || checkpoint.state !== 'live' ? 'not running' : 'live';
}
