import type { EventToAppend, RecordedEvent } from '../../port.js';
import { CopyReader } from './copy-reader.js';

/** The columns that {@link parseCopiedEvents} expects, in its order. */
export const copiedColumns = 'xid, pos, stream_id, revision, recorded_at, event';

/** Turns the answer of `copy (select <copiedColumns> …) to stdout (format binary)` into events. */
export function parseCopiedEvents(copied: Buffer): RecordedEvent[] {
  const reader = new CopyReader(copied);
  const events: RecordedEvent[] = [];
  while (reader.nextRow()) {
    const major = reader.bigint();
    const minor = BigInt(reader.integer());
    const streamId = reader.text();
    const revision = reader.integer();
    const recordedAt = reader.time();
    events.push(toRecorded(reader.text(), streamId, revision, { major, minor }, recordedAt));
  }
  return events;
}

/** Field by field, which is several times cheaper than a spread. The contract of the body is `decodeEvent`'s to check. */
export function toRecorded(
  body: string,
  streamId: string,
  revision: number,
  position: RecordedEvent['position'],
  recordedAt: string,
): RecordedEvent {
  const event = JSON.parse(body) as EventToAppend;
  return {
    id: event.id,
    type: event.type,
    version: event.version,
    occurredAt: event.occurredAt,
    workspaceId: event.workspaceId,
    actor: event.actor,
    correlationId: event.correlationId,
    causationId: event.causationId,
    data: event.data,
    streamId,
    revision,
    position,
    recordedAt,
  };
}
