import { jsonEvent, type JSONEventData, type JSONType, type RecordedEvent as ClientEvent } from '@eventstore/db-client';
import { actorSchema } from '@harmony/contracts';
import { z } from 'zod';
import type { EventToAppend, RecordedEvent } from '../port.js';
import { logStart, type LogPosition } from '../position.js';

/** The envelope as event metadata; the names with a dollar are the ones that the store's own tools look for. */
const metadataSchema = z.object({
  version: z.int(),
  occurredAt: z.string(),
  workspaceId: z.string(),
  actor: actorSchema,
  $correlationId: z.string(),
  $causationId: z.string(),
  /** Names the call that wrote the event, so that a repetition can tell that it wrote nothing. */
  appendId: z.string().optional(),
});

/** Of an event that Harmony did not write: version 0 fits no contract, so it fails where events are decoded. */
const foreignEnvelope = {
  version: 0,
  occurredAt: '',
  workspaceId: '',
  actor: { kind: 'SYSTEM', id: '' },
  correlationId: '',
  causationId: '',
} as const;

const transactionPosition = (position?: { readonly commit: bigint; readonly prepare: bigint }): LogPosition =>
  position ? { major: position.commit, minor: position.prepare } : logStart;

/** An event as the client sends it. */
export function toEventData(event: EventToAppend, appendId: string): JSONEventData {
  const { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId, data } = event;
  const metadata = {
    version,
    occurredAt,
    workspaceId,
    actor,
    $correlationId: correlationId,
    $causationId: causationId,
  };
  return jsonEvent({ id, type, data: (data ?? null) as JSONType, metadata: { ...metadata, appendId } });
}

/** An event as the port gives it. One that is not ours or not JSON is kept and fails in decoding, never in silence. */
export function toRecordedEvent(event: ClientEvent): RecordedEvent {
  return {
    id: event.id,
    type: event.type,
    ...envelopeOf(event),
    data: event.data instanceof Uint8Array ? Buffer.from(event.data).toString('base64') : event.data,
    streamId: event.streamId,
    revision: Number(event.revision),
    position: transactionPosition(event.position),
    recordedAt: event.created.toISOString(),
  };
}

/** Which call wrote the event; undefined when it was not one of ours. */
export const appendIdOf = (event: ClientEvent): string | undefined =>
  metadataSchema.safeParse(event.metadata).data?.appendId;

function envelopeOf(event: ClientEvent): Omit<EventToAppend, 'id' | 'type' | 'data'> {
  const { data: metadata } = metadataSchema.safeParse(event.metadata);
  if (!metadata || !event.isJson) return foreignEnvelope;
  const { version, occurredAt, workspaceId, actor, $correlationId, $causationId } = metadata;
  return { version, occurredAt, workspaceId, actor, correlationId: $correlationId, causationId: $causationId };
}
