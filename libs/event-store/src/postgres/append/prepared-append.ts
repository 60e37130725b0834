import { HarmonyError } from '@harmony/contracts';
import { assertWithinAppendLimit } from '../../append-limit.js';
import type { EventToAppend, ExpectedRevision } from '../../port.js';

/** An append as it goes over the wire; it is never regrouped, whatever happens to it. */
export interface PreparedAppend {
  readonly streamId: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
  readonly types: readonly string[];
  /** Envelope and data of each event as JSON. */
  readonly bodies: readonly string[];
  readonly bytes: number;
}

/** @throws HarmonyError EVENT_TOO_LARGE, or INVALID_INPUT for an append without events. */
export function prepareAppend(
  streamId: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): PreparedAppend {
  if (events.length === 0) throw new HarmonyError('INVALID_INPUT', { detail: 'An append holds at least one event.' });
  const bodies = events.map(toBody);
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  assertWithinAppendLimit(bytes);
  return { streamId, expected, ids: events.map(({ id }) => id), types: events.map(({ type }) => type), bodies, bytes };
}

/** Names the fields, so that nothing else that an object happens to carry gets into the log. */
const toBody = (event: EventToAppend): string =>
  JSON.stringify({
    id: event.id,
    type: event.type,
    version: event.version,
    occurredAt: event.occurredAt,
    workspaceId: event.workspaceId,
    actor: event.actor,
    correlationId: event.correlationId,
    causationId: event.causationId,
    data: event.data,
  });

/** Expectations in the words of the database function. */
const codes = { none: -1, any: -2, exists: -3 } as const;

export const expectationCode = (expected: ExpectedRevision): number =>
  typeof expected === 'number' ? expected : codes[expected];
