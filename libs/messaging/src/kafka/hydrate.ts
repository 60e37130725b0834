import { cloudEventSchema, HarmonyError, type CloudEvent } from '@harmony/contracts';
import type { EventStore, EventToAppend, RecordedEvent } from '@harmony/event-store';
import type { KafkaMessage } from 'kafkajs';
import { deliveryOf } from '../log-feed/delivery.js';
import type { Delivery } from '../port.js';

/** Streams that are read from the log at the same time. */
const readsAtOnce = 8;

/** Where messages came from; the partition's name carries the generation of the group that gave it to this member. */
export interface Source {
  readonly topic: string;
  readonly partition: number;
  readonly name: string;
}

type Read = RecordedEvent | 'deleted' | undefined;

interface Received {
  readonly message: KafkaMessage;
  readonly text: string;
  /** Undefined for what is no CloudEvent of ours. */
  readonly event: CloudEvent | undefined;
}

/**
 * Turns messages into deliveries of the whole events. A message only points into the log; what is handled is what the
 * log says. A message of a deleted stream becomes an event of type `StreamDeleted`, which no handler knows, so it is
 * skipped and counted. What is no CloudEvent, or points to nothing, is delivered as its text and ends as a dead letter.
 * @throws HarmonyError of the event store, when it cannot be read.
 */
export async function hydrate(
  messages: readonly KafkaMessage[],
  source: Source,
  events: Pick<EventStore, 'readStream'>,
): Promise<Delivery[]> {
  const received = messages.map(receive);
  const pointers = received.flatMap(({ event }) => (event ? [event] : []));
  const found = new Map<string, Read>();
  const runs = consecutiveRuns(pointers);
  for (let next = 0; next < runs.length; next += readsAtOnce) {
    await Promise.all(runs.slice(next, next + readsAtOnce).map((run) => readRun(run, events, found)));
  }
  return received.map((one) => delivery(one, source, one.event && found.get(placeOf(one.event))));
}

function receive(message: KafkaMessage): Received {
  const text = message.value?.toString('utf8') ?? '';
  const parsed = cloudEventSchema.safeParse(parseJson(text));
  return { message, text, event: parsed.success ? parsed.data : undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Run {
  readonly streamId: string;
  readonly from: number;
  readonly count: number;
}

const placeAt = (streamId: string, revision: number): string => `${revision}@${streamId}`;
const placeOf = ({ subject, streamrevision }: CloudEvent): string => placeAt(subject, streamrevision);

/** Neighbouring revisions of a stream are one read. */
function consecutiveRuns(pointers: readonly CloudEvent[]): Run[] {
  const revisions = new Map<string, Set<number>>();
  for (const { subject, streamrevision } of pointers) {
    const known = revisions.get(subject) ?? new Set();
    revisions.set(subject, known.add(streamrevision));
  }
  return [...revisions].flatMap(([streamId, known]) => {
    const runs: { streamId: string; from: number; count: number }[] = [];
    for (const revision of [...known].sort((left, right) => left - right)) {
      const last = runs.at(-1);
      if (last && last.from + last.count === revision) last.count += 1;
      else runs.push({ streamId, from: revision, count: 1 });
    }
    return runs;
  });
}

async function readRun(
  { streamId, from, count }: Run,
  events: Pick<EventStore, 'readStream'>,
  found: Map<string, Read>,
): Promise<void> {
  try {
    for await (const event of events.readStream(streamId, { from, limit: count })) {
      found.set(placeAt(streamId, event.revision), event);
    }
  } catch (error) {
    if (!(error instanceof HarmonyError) || error.code !== 'STREAM_DELETED') throw error;
    for (let index = 0; index < count; index += 1) found.set(placeAt(streamId, from + index), 'deleted');
  }
}

function delivery({ message, text, event }: Received, source: Source, read: Read): Delivery {
  const place = {
    key: message.key?.toString('utf8') ?? '',
    origin: `${source.topic}/${source.partition}@${message.offset}`,
    partition: source.name,
    offset: message.offset,
  };
  if (event && read === 'deleted') return { ...place, raw: tombstone(event), eventId: event.id, bytes: text.length };
  if (event && read && read !== 'deleted' && read.id === event.id) return { ...deliveryOf(read), ...place };
  return { ...place, raw: text, eventId: event?.id, bytes: text.length };
}

const tombstone = (event: CloudEvent): EventToAppend => ({
  id: event.id,
  type: 'StreamDeleted',
  version: 1,
  occurredAt: event.time,
  workspaceId: event.workspaceid,
  actor: { kind: 'SYSTEM', id: 'kafka-feed' },
  correlationId: event.correlationid,
  causationId: event.causationid,
  data: null,
});
