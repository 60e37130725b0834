import { type EventStoreDBClient } from '@eventstore/db-client';
import { newId } from '@harmony/kernel';
import { assertWithinAppendLimit } from '../append-limit.js';
import type { AppendResult, EventToAppend, ExpectedRevision } from '../port.js';
import { unavailable } from './errors.js';
import { toExpectedRevision } from './expected-revision.js';
import type { Timing } from './options.js';
import { once, persistently } from './patience.js';
import { appendIdOf, toEventData, toRecordedEvent } from './recorded-event.js';
import { readOne } from './stream-reader.js';

/**
 * Appends, and reads the last event back. The server answers a repeated append like a fresh one; the read shows by
 * whose call the event was written, and its position, which the answer to an append of several events does not tell.
 */
export async function append(
  writer: EventStoreDBClient,
  timing: Timing,
  streamId: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): Promise<AppendResult> {
  const appendId = newId();
  const proposed = events.map((event) => toEventData(event, appendId));
  assertWithinAppendLimit(Buffer.byteLength(JSON.stringify(proposed)));
  const write = async (): Promise<bigint> => {
    const options = { expectedRevision: toExpectedRevision(expected), deadline: timing.attemptMs };
    return (await writer.appendToStream(streamId, proposed, options)).nextExpectedRevision;
  };
  // A lost reply leaves the outcome unknown. Only "none" and an exact revision make it safe to send the events again.
  const repeatable = expected === 'none' || typeof expected === 'number';
  const revision = await (repeatable ? persistently : once)(write, timing, expected);
  const last = await readOne(writer, timing, streamId, revision);
  if (!last || last.id !== events.at(-1)?.id)
    throw unavailable('The event store does not show the appended events yet.');
  const { position } = toRecordedEvent(last);
  return { revision: Number(revision), position, repeated: appendIdOf(last) !== appendId };
}
