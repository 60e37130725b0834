import type { EventToAppend, RecordedEvent } from '../../port.js';
import type { LogPosition } from '../../position.js';

/*
 * Classes, because V8 moves what one object literal makes straight to the old generation once a few batches have lived
 * through a collection, and a replay then spends a third of its time on that.
 */

export class StoredPosition implements LogPosition {
  constructor(
    readonly major: bigint,
    readonly minor: bigint,
  ) {}
}

/** An event as it was recorded; whether it fits its contract is for `decodeEvent`. */
export class StoredEvent implements RecordedEvent {
  readonly id: RecordedEvent['id'];
  readonly type: RecordedEvent['type'];
  readonly version: RecordedEvent['version'];
  readonly occurredAt: RecordedEvent['occurredAt'];
  readonly workspaceId: RecordedEvent['workspaceId'];
  readonly actor: RecordedEvent['actor'];
  readonly correlationId: RecordedEvent['correlationId'];
  readonly causationId: RecordedEvent['causationId'];
  readonly data: RecordedEvent['data'];

  constructor(
    event: EventToAppend,
    readonly streamId: string,
    readonly revision: number,
    readonly position: LogPosition,
    readonly recordedAt: string,
    readonly bytes: number,
  ) {
    this.id = event.id;
    this.type = event.type;
    this.version = event.version;
    this.occurredAt = event.occurredAt;
    this.workspaceId = event.workspaceId;
    this.actor = event.actor;
    this.correlationId = event.correlationId;
    this.causationId = event.causationId;
    this.data = event.data;
  }
}

/** What {@link storedEvent} makes an event of, in its order. */
export const eventColumns = `xid, pos, stream_id, revision,
  to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), event`;

/** A row of these columns, each in the server's own text. */
export type EventRow = readonly [
  xid: string,
  pos: string,
  streamId: string,
  revision: string,
  recordedAt: string,
  body: string,
];

export function storedEvent([xid, pos, streamId, revision, recordedAt, body]: EventRow): StoredEvent {
  const position = new StoredPosition(BigInt(xid), BigInt(pos));
  const event = JSON.parse(body) as EventToAppend;
  return new StoredEvent(event, streamId, Number(revision), position, recordedAt, Buffer.byteLength(body));
}
