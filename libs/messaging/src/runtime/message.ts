import type { Delivery } from '../port.js';

/** A delivery with what can be read of it before it is decoded. */
export interface Message {
  readonly delivery: Delivery;
  readonly type: string | undefined;
  /** Of the envelope, if it is a UUID, as an event's id must be. */
  readonly eventId: string | undefined;
  /** Names the message for its consumer: the event id, or the place it came from where it has none. */
  readonly messageId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function messageOf(delivery: Delivery): Message {
  const raw = typeof delivery.raw === 'object' && delivery.raw !== null ? delivery.raw : {};
  const id = 'id' in raw && typeof raw.id === 'string' ? raw.id : delivery.eventId;
  const eventId = id !== undefined && uuid.test(id) ? id.toLowerCase() : undefined;
  const type = 'type' in raw && typeof raw.type === 'string' ? raw.type : undefined;
  return { delivery, type, eventId, messageId: eventId ?? delivery.origin };
}
