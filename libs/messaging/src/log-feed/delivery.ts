import { formatPosition, type RecordedEvent } from '@harmony/event-store';
import type { Delivery } from '../port.js';

/** What an envelope takes beside its data, roughly. */
const envelopeBytes = 600;

/** A recorded event as a delivery: the envelope and data as they were appended, without the store's own fields. */
export function deliveryOf(event: RecordedEvent): Delivery {
  const { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId, data } = event;
  const position = formatPosition(event.position);
  return {
    key: event.streamId,
    raw: { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId, data },
    eventId: id,
    revision: event.revision,
    origin: `log ${position}`,
    bytes: event.bytes ?? envelopeBytes + (JSON.stringify(data) ?? '').length,
    partition: 'log',
    offset: position,
  };
}
