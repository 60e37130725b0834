import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { InMemoryLog, StoredEvent } from './log.js';
import { eventMessage, notFoundMessage, streamDeleted, streamIdOf } from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Sends under back pressure, as the real server does. False when the caller is gone. */
export async function send(call: ReadCall, message: ReadResp): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(message))
    await Promise.race([once(call, 'drain'), once(call, 'cancelled'), once(call, 'close')]).catch(() => undefined);
  return !call.cancelled && !call.destroyed;
}

export type Place = ReadReq.Options.AllOptions | undefined;

/** Index of the first event at or after the place; a subscription starts behind it. */
export function indexOf(log: InMemoryLog, place: Place, exclusive: boolean): number {
  if (place?.hasEnd()) return log.all.length;
  const position = place?.getPosition();
  if (!position) return 0;
  const [commit, prepare] = [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())];
  const reached = (event: StoredEvent): boolean =>
    event.commit > commit ||
    (event.commit === commit && (exclusive ? event.prepare > prepare : event.prepare >= prepare));
  const index = log.all.findIndex(reached);
  return index < 0 ? log.all.length : index;
}

/** Answers a finite read of a stream or of the whole log. */
export async function answerRead(log: InMemoryLog, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const backward = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const stream = options.getStream();
  if (stream) {
    const streamId = streamIdOf(stream);
    if (log.isDeleted(streamId)) return void call.emit('error', streamDeleted(streamId));
    if (!log.stream(streamId)) return void (await send(call, notFoundMessage(streamId)), call.end());
  }
  const events = stream ? streamEvents(log, stream, backward) : logEvents(log, options.getAll(), backward);
  for (const event of events.slice(0, Number(options.getCount()))) {
    if (!(await send(call, eventMessage(event)))) return;
  }
  call.end();
}

function streamEvents(
  log: InMemoryLog,
  place: ReadReq.Options.StreamOptions,
  backward: boolean,
): readonly StoredEvent[] {
  const events = log.stream(streamIdOf(place)) ?? [];
  const from = place.hasRevision() ? BigInt(place.getRevision()) : undefined;
  if (!backward) return events.filter(({ revision }) => from === undefined || revision >= from);
  return events.filter(({ revision }) => from === undefined || revision <= from).reverse();
}

function logEvents(log: InMemoryLog, place: Place, backward: boolean): readonly StoredEvent[] {
  const index = indexOf(log, place, false);
  return backward ? log.all.slice(0, index).reverse() : log.all.slice(index);
}
