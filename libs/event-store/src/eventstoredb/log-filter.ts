import {
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type AllStreamSubscription,
  type Filter,
  type Position,
} from '@eventstore/db-client';
import type { LogFilter } from '../port.js';

/** After so many events that did not match, the server says how far it scanned. */
const maxSearchWindow = 500;

type OnCheckpoint = (subscription: AllStreamSubscription, position: Position) => void;

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** What the server can filter by: types or stream prefixes, not both. The store's own events are always left out. */
export function serverFilter({ types, streamPrefixes }: LogFilter, checkpointReached: OnCheckpoint): Filter {
  const options = { maxSearchWindow, checkpointInterval: 1, checkpointReached };
  if (types) return eventTypeFilter({ ...options, regex: `^(?:${types.map(escaped).join('|')})$` });
  if (streamPrefixes) return streamNameFilter({ ...options, prefixes: [...streamPrefixes] });
  return excludeSystemEvents(options);
}

/** The whole filter, for what the server let through. */
export function matches({ types, streamPrefixes }: LogFilter, event: { type: string; streamId: string }): boolean {
  if (event.type.startsWith('$') || event.streamId.startsWith('$')) return false;
  if (types && !types.includes(event.type)) return false;
  return !streamPrefixes || streamPrefixes.some((prefix) => event.streamId.startsWith(prefix));
}
