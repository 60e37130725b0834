import type { LogBatch, LogFilter, RecordedEvent } from '../port.js';
import { comparePositions, type LogPosition } from '../position.js';
import { matches } from './log-filter.js';
import type { LogItem } from './log-source.js';
import { toRecordedEvent } from './recorded-event.js';

export const laterOf = (left: LogPosition, right: LogPosition): LogPosition =>
  comparePositions(left, right) >= 0 ? left : right;

/** How far a reader is: what was handed out, and whether the server says that there is no more. */
export interface Progress {
  readonly at: LogPosition;
  readonly live: boolean;
}

export interface Run extends Progress {
  readonly events: readonly RecordedEvent[];
}

/**
 * Applies a run of items in their order. `end` is where the log ended before the reading began:
 * whoever is caught up has scanned at least that far.
 */
export function applyItems(items: readonly LogItem[], filter: LogFilter, from: Progress, end: LogPosition): Run {
  let { at, live } = from;
  const events: RecordedEvent[] = [];
  for (const item of items) {
    if ('live' in item) {
      live = item.live;
      if (live) at = laterOf(at, end);
    } else if ('checkpoint' in item) {
      at = laterOf(at, { major: item.checkpoint.commit, minor: item.checkpoint.prepare });
    } else if (item.event) {
      const event = toRecordedEvent(item.event);
      if (comparePositions(event.position, at) <= 0) continue;
      at = event.position;
      if (matches(filter, event)) events.push(event);
    }
  }
  return { events, at, live };
}

export const toBatch = ({ events, at }: Run, caughtUp: boolean): LogBatch => ({ events, scannedTo: at, caughtUp });
