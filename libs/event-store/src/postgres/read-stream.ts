import type { ReadStreamOptions, RecordedEvent } from '../port.js';
import { lastRevision, type StreamPages } from './stream-pages.js';

const pageSize = 500;

/** Events of one stream, page by page. */
export async function* readStream(
  pages: StreamPages,
  streamId: string,
  { direction = 'forward', from, limit = Infinity }: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent> {
  let next = from ?? (direction === 'forward' ? 0 : lastRevision);
  let left = limit;
  while (left > 0) {
    const wanted = Math.min(pageSize, left);
    const events = await pages.read({ streamId, direction, from: Math.min(next, lastRevision), limit: wanted });
    yield* events;
    const last = events.at(-1);
    if (!last || events.length < wanted) return;
    next = last.revision + (direction === 'forward' ? 1 : -1);
    left -= events.length;
  }
}
