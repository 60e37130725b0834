import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  type EventStoreDBClient,
  type RecordedEvent as ClientEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { ReadStreamOptions } from '../port.js';
import { toHarmonyError } from './errors.js';
import { inboxOfRead } from './inbox.js';
import type { Timing } from './options.js';
import { Patience } from './patience.js';

/** A stream's events as the client gives them. A read that was cut off goes on after the last event handed out. */
export async function* readStream(
  reader: EventStoreDBClient,
  timing: Timing,
  streamId: string,
  { direction = 'forward', from, limit = Number.MAX_SAFE_INTEGER }: ReadStreamOptions,
): AsyncGenerator<ClientEvent> {
  const patience = new Patience(timing);
  const step = direction === 'forward' ? 1 : -1;
  let next = from;
  let left = limit;
  while (left > 0 && (next === undefined || next >= 0)) {
    try {
      for await (const event of readOnce(reader, timing, streamId, { direction, from: next, limit: left })) {
        next = Number(event.revision) + step;
        left -= 1;
        yield event;
        patience.reset();
      }
      return;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return;
      await patience.afterFailure(toHarmonyError(error));
    }
  }
}

/** The event at a revision, if there is one. */
export async function readOne(
  reader: EventStoreDBClient,
  timing: Timing,
  streamId: string,
  revision: bigint,
): Promise<ClientEvent | undefined> {
  let found: ClientEvent | undefined;
  // To its end, though one is enough: a read left early is a cancelled call, and the client drops its connection for it.
  for await (const event of readStream(reader, timing, streamId, { from: Number(revision), limit: 1 })) found = event;
  return found;
}

async function* readOnce(
  reader: EventStoreDBClient,
  { attemptMs }: Timing,
  streamId: string,
  { direction, from, limit }: ReadStreamOptions,
): AsyncGenerator<ClientEvent> {
  const backward = direction === 'backward';
  const events = reader.readStream(streamId, {
    direction: backward ? BACKWARDS : FORWARDS,
    fromRevision: from === undefined ? (backward ? END : START) : BigInt(from),
    maxCount: limit,
    requiresLeader: true,
  });
  const inbox = inboxOfRead<ResolvedEvent>(events);
  try {
    for await (const { event } of inbox.drain(attemptMs)) if (event) yield event;
  } finally {
    inbox.close();
  }
}
