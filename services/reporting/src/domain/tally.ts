import type { AnswerValue, Cell, Coded } from './columns.js';

/** How often a value is there. */
export interface Counted<Value> {
  readonly value: Value;
  readonly count: number;
}

/** How the results of one definition came out, apart from each other (D10, B16). */
export interface OutcomeCounts {
  /** The sum of the others. */
  readonly asked: number;
  readonly answered: number;
  readonly notDiscussed: number;
  readonly failed: number;
  readonly pending: number;
}

/** Results of one definition, counted: outcomes, and each distinct answer once. */
export interface Tally extends OutcomeCounts {
  readonly answers: readonly Counted<AnswerValue>[];
}

/** Rows in groups, one behind the other: group `n` is `rows` from `starts[n]` to `starts[n + 1]`. */
export interface GroupedRows {
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
}

/** All rows in one group. */
export const oneGroup = (rows: Uint32Array): GroupedRows => ({ rows, starts: Uint32Array.of(0, rows.length) });

/** How often each distinct value is there; one that is not there is left out. */
export interface CountedGroups<Value> {
  /** In each group of rows. */
  readonly groups: readonly Counted<Value>[][];
  /** In all of them together. */
  readonly whole: readonly Counted<Value>[];
}

/** One pass over the rows, however many groups they are in. */
export function countValues<Value>(
  { codes, values }: Coded<Value>,
  { rows, starts }: GroupedRows,
): CountedGroups<Value> {
  const [inGroup, inAll] = [new Uint32Array(values.length), new Uint32Array(values.length)];
  const [seen, seenInAll]: [number[], number[]] = [[], []];
  const groups: Counted<Value>[][] = [];
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = starts[group + 1]!;
    for (let at = starts[group]!; at < end; at += 1) {
      const code = codes[rows[at]!]!;
      const before = inGroup[code]!;
      if (before === 0) seen.push(code);
      inGroup[code] = before + 1;
    }
    groups.push(seen.map((code) => ({ value: values[code]!, count: inGroup[code]! })));
    for (const code of seen) {
      if (inAll[code] === 0) seenInAll.push(code);
      inAll[code]! += inGroup[code]!;
      inGroup[code] = 0;
    }
    seen.length = 0;
  }
  return { groups, whole: seenInAll.map((code) => ({ value: values[code]!, count: inAll[code]! })) };
}

export interface Tallies {
  readonly groups: readonly Tally[];
  readonly whole: Tally;
}

/** All 0 where the definition was never asked. */
export function tallies(column: Coded<Cell> | undefined, rows: GroupedRows): Tallies {
  const { groups, whole } = countedOr(column, rows);
  return { groups: groups.map(tallyOf), whole: tallyOf(whole) };
}

/** Nothing where there is no column. */
export const countedOr = <Value>(column: Coded<Value> | undefined, rows: GroupedRows): CountedGroups<Value> =>
  column ? countValues(column, rows) : { groups: Array.from({ length: rows.starts.length - 1 }, () => []), whole: [] };

function tallyOf(cells: readonly Counted<Cell>[]): Tally {
  const answers: Counted<AnswerValue>[] = [];
  const counts = { NONE: 0, PENDING: 0, NOT_DISCUSSED: 0, FAILED: 0, ANSWERED: 0 };
  for (const { value: cell, count } of cells) {
    counts[cell.outcome] += count;
    if (cell.outcome === 'ANSWERED') answers.push({ value: cell.value, count });
  }
  const { PENDING: pending, NOT_DISCUSSED: notDiscussed, FAILED: failed, ANSWERED: answered } = counts;
  return { asked: answered + notDiscussed + failed + pending, answered, notDiscussed, failed, pending, answers };
}

/** A part of a whole; null where there is nothing to share (never 0). */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** How many of the values pass. */
export const countWhere = <Value>(
  answers: readonly Counted<Value>[],
  passes: (value: Value) => boolean = () => true,
): number => answers.reduce((sum, { value, count }) => sum + (passes(value) ? count : 0), 0);
