import type { ClientBase, Pool } from 'pg';
import type { Statement } from '../database/run-together.js';
import type { ParkedStream } from '../fold/error-policy.js';

interface ParkedRow {
  readonly streamId: string;
  readonly revision: number;
  readonly major: string;
  readonly minor: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly code: string;
  readonly cause: string;
  readonly waiting: string;
}

/** The streams of a projection that wait, by id, in the order of the log. */
export async function readParked(
  database: Pool | ClientBase,
  projection: string,
): Promise<ReadonlyMap<string, ParkedStream>> {
  const { rows } = await database.query<ParkedRow>(
    `select stream_id as "streamId", revision, major, minor, event_id as "eventId", event_type as "eventType",
            code, cause, waiting
       from projections.parked where projection = $1 order by projections.parked.major, projections.parked.minor`,
    [projection],
  );
  return new Map(rows.map((row) => [row.streamId, fromRow(row)]));
}

const fromRow = ({ streamId, revision, major, minor, eventId, eventType, ...rest }: ParkedRow): ParkedStream => ({
  streamId,
  event: { id: eventId, type: eventType, revision, position: { major: BigInt(major), minor: BigInt(minor) } },
  code: rest.code,
  cause: rest.cause,
  waiting: Number(rest.waiting),
});

/** Of a transaction that also moves the checkpoint, so that a stream is parked exactly when it has passed its event. */
export const parkStatements = (projection: string, parked: Iterable<ParkedStream>): Statement[] =>
  [...parked].map(({ streamId, event, code, cause, waiting }) => ({
    text: `insert into projections.parked
         (projection, stream_id, revision, major, minor, event_id, event_type, code, cause, waiting)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (projection, stream_id) do update
         set revision = excluded.revision, major = excluded.major, minor = excluded.minor,
             event_id = excluded.event_id, event_type = excluded.event_type, code = excluded.code,
             cause = excluded.cause, waiting = excluded.waiting`,
    values: [
      ...[projection, streamId, event.revision, event.position.major, event.position.minor, event.id, event.type],
      ...[code, storable(cause), waiting],
    ],
  }));

/** Of one stream, or of all of a projection. */
export const unparkStatement = (projection: string, streamId?: string): Statement => ({
  text: 'delete from projections.parked where projection = $1 and stream_id = coalesce($2, stream_id)',
  values: [projection, streamId ?? null],
});

/** Postgres text holds every character but one. */
const storable = (text: string): string => text.replaceAll('\u0000', '');
