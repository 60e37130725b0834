import type { Cell, Coded, FactColumns } from './columns.js';
import { byText } from './text.js';
import type { GroupedRows } from './tally.js';

/**
 * Rows by the last of the starts at which they took place or before, behind a group of those that took place earlier.
 * @param starts ascending
 */
export function groupByTime({ happenedAt }: FactColumns, rows: Uint32Array, starts: Float64Array): GroupedRows {
  const groups = Uint32Array.from(rows, (row) => groupOf(starts, happenedAt[row]!));
  const ends = new Uint32Array(starts.length + 2);
  for (const group of groups) ends[group + 1]! += 1;
  for (let group = 0; group <= starts.length; group += 1) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const grouped = new Uint32Array(rows.length);
  groups.forEach((group, index) => {
    grouped[next[group]!] = rows[index]!;
    next[group]! += 1;
  });
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
  let [first, last] = [Infinity, -Infinity];
  for (const row of rows) {
    first = Math.min(first, happenedAt[row]!);
    last = Math.max(last, happenedAt[row]!);
  }
  return { first, last };
}

/** The rows with an answer that took place last, the newest first; of the same instant by id. */
export function latestAnswered(
  { happenedAt, conversationIds }: FactColumns,
  { codes, values }: Coded<Cell>,
  rows: Uint32Array,
  count: number,
): number[] {
  const isAnswer = Uint8Array.from(values, ({ outcome }) => Number(outcome === 'ANSWERED'));
  const order = (left: number, right: number): number =>
    happenedAt[right]! - happenedAt[left]! || byText(conversationIds[left]!, conversationIds[right]!);
  const latest: number[] = [];
  for (const row of rows) {
    if (isAnswer[codes[row]!] === 0) continue;
    const worst = latest.at(-1);
    if (latest.length >= count && (worst === undefined || order(worst, row) < 0)) continue;
    latest.splice(placeOf(latest, row, order), 0, row);
    if (latest.length > count) latest.pop();
  }
  return latest;
}

function placeOf(sorted: readonly number[], row: number, order: (left: number, right: number) => number): number {
  const place = sorted.findIndex((one) => order(row, one) < 0);
  return place === -1 ? sorted.length : place;
}
