import { comparePositions, type EventStore, type RecordedEvent } from '@harmony/event-store';
import { HarmonyError } from '@harmony/contracts';
import type { Projection } from '../port.js';
import type { ParkedStream } from '../fold/error-policy.js';
import type { Standing } from './batch-transactions.js';
import type { BatchWriter } from './batch-writer.js';
import type { ProjectionLog } from './log.js';

/**
 * Tries the streams that wait once more, in their order, as after an upgrade that can read them. What still cannot be
 * applied stays parked, from where it fails now.
 */
export async function retryParked(
  store: EventStore,
  projection: Projection,
  start: Standing,
  writer: BatchWriter,
  log: ProjectionLog,
): Promise<Standing> {
  let standing = start;
  for (const parked of start.parked.values()) {
    const events = await waitingEvents(store, parked, standing);
    standing = await writer.retry(standing, parked.streamId, events);
    if (standing.parked.has(parked.streamId)) continue;
    log.info({ projection: projection.name, streamId: parked.streamId }, 'parked stream goes on');
  }
  return standing;
}

/** From the parked event up to the checkpoint; later ones arrive by themselves. Empty for a deleted stream. */
async function waitingEvents(
  store: EventStore,
  parked: ParkedStream,
  { checkpoint }: Standing,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  try {
    for await (const event of store.readStream(parked.streamId, { from: parked.event.revision })) {
      if (comparePositions(event.position, checkpoint.position) > 0) break;
      events.push(event);
    }
  } catch (error) {
    if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return [];
    throw error;
  }
  return events;
}
