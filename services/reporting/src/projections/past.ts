import type { PositionedEvent, Row } from '@harmony/read-model';
import { isDeepStrictEqual } from 'node:util';

/** What columns held until an event changed them; only those that it changed. */
export interface PastEntry {
  /** When that event occurred: ISO 8601 in UTC with milliseconds. */
  readonly until: string;
  readonly was: Row;
}

/** As a timestamptz column gives it back. */
export const instant = (text: string): string => (text.length === 24 ? text : new Date(text).toISOString());

/** Of the event that touched a row last: readers ask for what is newer than what they have seen. */
export const positionColumns = { changed_major: 'bigint not null', changed_minor: 'bigint not null' } as const;

export const changedAt = ({ position }: PositionedEvent): Row => ({
  changed_major: Number(position.major),
  changed_minor: Number(position.minor),
});

/**
 * The row after an event, with what it held before kept in `past`; the row itself where nothing of it changes. The row
 * as of a time is the current one overwritten, column by column, by the oldest entry that held longer than that.
 */
export function changed(row: Row | undefined, at: PositionedEvent, more: Row): Row | undefined {
  if (!row) return undefined;
  const was = Object.fromEntries(
    Object.entries(more).flatMap(([column, value]) => {
      const before = row[column] ?? null;
      return isDeepStrictEqual(before, value) ? [] : [[column, before]];
    }),
  );
  if (Object.keys(was).length === 0) return row;
  const past = withEntry(row['past'] as readonly PastEntry[], { until: instant(at.event.occurredAt), was });
  return { ...row, ...more, past, ...changedAt(at) };
}

/** Nobody can ask for what was between two events of the same instant. */
function withEntry(past: readonly PastEntry[], { until, was }: PastEntry): readonly PastEntry[] {
  const last = past.at(-1);
  if (last?.until !== until) return [...past, { until, was }];
  return [...past.slice(0, -1), { until, was: { ...was, ...last.was } }];
}

export const gone = (): undefined => undefined;

/** Only what the event names; the rest of the row stays. */
export const named = (values: Row): Row =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
