import type { Cell, Coded, FactColumns } from './columns.js';
import { byText } from './text.js';
import type { GroupedRows } from './tally.js';

/**
 * Rows by the last of the starts at which they took place or before, behind a group of those that took place earlier.
 * @param starts ascending
 */
export function groupByTime({ happenedAt }: FactColumns, rows: Uint32Array, starts: Float64Array): GroupedRows {
  const groups = new Uint16Array(rows.length);
  const ends = new Uint32Array(starts.length + 2);
  for (let at = 0; at < rows.length; at += 1) {
    const group = groupOf(starts, happenedAt[rows[at]!]!);
    groups[at] = group;
    ends[group + 1]! += 1;
  }
  for (let group = 0; group <= starts.length; group += 1) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const grouped = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const group = groups[at]!;
    grouped[next[group]!] = rows[at]!;
    next[group]! += 1;
  }
  return { rows: grouped, starts: ends };
}

/** How many starts are not behind. */
function groupOf(starts: Float64Array, instant: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Earliest and latest time of the rows; undefined without rows. */
export function extentOf({ happenedAt }: FactColumns, rows: Uint32Array): { first: number; last: number } | undefined {
  if (rows.length === 0) return undefined;
  let first = Infinity;
  let last = -Infinity;
  for (let at = 0; at < rows.length; at += 1) {
    const time = happenedAt[rows[at]!]!;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

/**
 * The rows with an answer that took place last, the newest first; of the same instant by id.
 * @param grouped by time, the earliest group first
 */
export function latestAnswered(
  { happenedAt, conversationIds }: FactColumns,
  { codes, values }: Coded<Cell>,
  { rows, starts }: GroupedRows,
  count: number,
): number[] {
  const order = (left: number, right: number): number =>
    happenedAt[right]! - happenedAt[left]! || byText(conversationIds[left]!, conversationIds[right]!);
  const latest: number[] = [];
  for (let group = starts.length - 2; group >= 0 && latest.length < count; group -= 1) {
    for (let at = starts[group]!; at < starts[group + 1]!; at += 1) {
      const row = rows[at]!;
      const worst = latest.length < count ? undefined : latest.at(-1);
      if (worst !== undefined && order(worst, row) < 0) continue;
      if (values[codes[row]!]!.outcome !== 'ANSWERED') continue;
      latest.splice(placeOf(latest, row, order), 0, row);
      if (latest.length > count) latest.pop();
    }
  }
  return latest;
}

function placeOf(sorted: readonly number[], row: number, order: (left: number, right: number) => number): number {
  const place = sorted.findIndex((one) => order(row, one) < 0);
  return place === -1 ? sorted.length : place;
}
