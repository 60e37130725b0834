import {
  cloudEventContentType,
  cloudEventTypePrefix,
  decodeEvent,
  envelopeSchema,
  errorKind,
  publicDataOf,
  topicOf,
  type CloudEvent,
  type Envelope,
} from '@harmony/contracts';
import type { Delivery } from '../port.js';
import type { TopicMessage } from '../kafka/kafka-publisher.js';

/** Why an event has no message: its stream is private, or nothing of it can be understood. */
export type NoMessage = 'private' | 'unreadable';

export interface Encoded {
  readonly message: TopicMessage;
  /** False where the data was left out, because this release cannot read it or because it is too large. */
  readonly complete: boolean;
}

/** Brokers refuse a message of 1 MiB by default; the envelope needs a little of that. */
const dataBytesAtMost = 800_000;

/**
 * The message of a recorded event. Data that this release cannot read is left out, not the message:
 * whoever gets it finds the event in the log.
 */
export function encode(delivery: Delivery): Encoded | NoMessage {
  const topic = topicOf(delivery.key);
  if (!topic) return 'private';
  const envelope = envelopeSchema.safeParse(delivery.raw);
  if (!envelope.success || delivery.revision === undefined) return 'unreadable';
  const found = publicPart(delivery.raw);
  const event = cloudEvent(envelope.data, delivery, delivery.revision, found);
  return {
    message: {
      topic,
      key: delivery.key,
      value: JSON.stringify(event),
      headers: { 'content-type': cloudEventContentType, 'event-id': event.id, 'log-position': event.logposition },
    },
    complete: found !== undefined,
  };
}

interface PublicPart {
  /** Decoding lifts data to the latest version. */
  readonly version: number;
  readonly data: unknown;
}

function publicPart(raw: unknown): PublicPart | undefined {
  try {
    const event = decodeEvent(raw);
    const data = publicDataOf(event);
    const tooLarge = Buffer.byteLength(JSON.stringify(data)) > dataBytesAtMost;
    return tooLarge ? undefined : { version: event.version, data };
  } catch (error) {
    if (errorKind(error) !== 'poison') throw error;
    return undefined;
  }
}

const cloudEvent = (
  envelope: Envelope,
  { key, offset }: Delivery,
  revision: number,
  found: PublicPart | undefined,
): CloudEvent => ({
  specversion: '1.0',
  id: envelope.id,
  source: `/workspaces/${envelope.workspaceId}`,
  type: `${cloudEventTypePrefix}${envelope.type}`,
  subject: key,
  time: envelope.occurredAt,
  datacontenttype: 'application/json',
  workspaceid: envelope.workspaceId,
  eventversion: found?.version ?? envelope.version,
  streamrevision: revision,
  logposition: offset,
  correlationid: envelope.correlationId,
  causationid: envelope.causationId,
  data: found?.data,
});
