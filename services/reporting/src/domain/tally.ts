import type { InsightType } from '@harmony/contracts';
import { atomTableOf, outcomeIndex, type AtomTable } from './atoms/atom-table.js';
import type { Atom } from './atoms/atoms.js';
import type { Cell, Coded } from './columns.js';

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

/** Results of one definition, counted: outcomes, and what the answers are made of. */
export interface Tally extends OutcomeCounts {
  readonly atoms: readonly Counted<Atom>[];
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

/** Counts numbers below a bound, group by group and all together, each group without looking at what it has not. */
class Counter {
  private readonly inGroup: Uint32Array;
  private readonly inAll: Uint32Array;
  private readonly seen: number[] = [];
  private readonly seenInAll: number[] = [];

  constructor(bound: number) {
    [this.inGroup, this.inAll] = [new Uint32Array(bound), new Uint32Array(bound)];
  }

  add(id: number, times = 1): void {
    const before = this.inGroup[id]!;
    if (before === 0) this.seen.push(id);
    this.inGroup[id] = before + times;
  }

  /** Hands out what was added since the last call, and forgets it. */
  drain(take: (id: number, count: number) => void): void {
    const { inGroup, seen } = this;
    for (const id of seen) {
      take(id, inGroup[id]!);
      inGroup[id] = 0;
    }
    seen.length = 0;
  }

  /** What was added since the last call, of those that are shown. */
  endGroup<Value>(values: readonly Value[], isShown?: readonly boolean[]): Counted<Value>[] {
    const { inAll, seenInAll } = this;
    const group: Counted<Value>[] = [];
    this.drain((id, count) => {
      if (isShown === undefined || isShown[id]) group.push({ value: values[id]!, count });
      if (inAll[id] === 0) seenInAll.push(id);
      inAll[id]! += count;
    });
    return group;
  }

  all<Value>(values: readonly Value[]): Counted<Value>[] {
    return this.seenInAll.map((id) => ({ value: values[id]!, count: this.inAll[id]! }));
  }
}

/** One pass over the rows, however many groups they are in. Nothing where there is no column. */
export function countValues<Value>(
  column: Coded<Value> | undefined,
  { rows, starts }: GroupedRows,
): CountedGroups<Value> {
  const { codes, values } = column ?? { codes: new Uint32Array(), values: [] };
  const counter = new Counter(values.length);
  const groups: Counted<Value>[][] = [];
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = column ? starts[group + 1]! : 0;
    for (let at = starts[group]!; at < end; at += 1) counter.add(codes[rows[at]!]!);
    groups.push(counter.endGroup(values));
  }
  return { groups, whole: counter.all(values) };
}

export interface Tallies {
  /** Of each group; of what answers are made of, only what a point of a trend says. */
  readonly groups: readonly Tally[];
  readonly whole: Tally;
}

/** One pass over the rows. All 0 where the definition was never asked. */
export function tallies(type: InsightType, column: Coded<Cell> | undefined, { rows, starts }: GroupedRows): Tallies {
  const { codes, values } = column ?? { codes: new Uint32Array(), values: [] };
  const table = atomTableOf(type, values);
  const counter = new Counter(table.atoms.length);
  const codeCounter = values.length <= fewCodes ? new Counter(values.length) : undefined;
  const all = new Uint32Array(outcomes);
  const groups: Tally[] = [];
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const counts = column
      ? countRows(table, codes, rows.subarray(starts[group], starts[group + 1]), { counter, codeCounter })
      : noCounts;
    counts.forEach((count, outcome) => (all[outcome]! += count));
    groups.push(tallyOf(counts, counter.endGroup(table.atoms, table.brief)));
  }
  return { groups, whole: tallyOf(all, counter.all(table.atoms)) };
}

const outcomes = Object.keys(outcomeIndex).length;
const noCounts = new Uint32Array(outcomes);

/** So many distinct answers are counted first, and taken apart afterwards: a few rows of a group have the same one. */
const fewCodes = 4_096;

interface Counters {
  readonly counter: Counter;
  /** Where there are few distinct answers. */
  readonly codeCounter: Counter | undefined;
}

/** @returns how many rows there are of each outcome */
function countRows(table: AtomTable, codes: Uint32Array, rows: Uint32Array, counters: Counters): Uint32Array {
  const { outcomes: outcomeOf, starts, ids } = table;
  const { counter, codeCounter } = counters;
  const counts = new Uint32Array(outcomes);
  const take = (code: number, count: number): void => {
    counts[outcomeOf[code]!]! += count;
    const end = starts[code + 1]!;
    for (let place = starts[code]!; place < end; place += 1) counter.add(ids[place]!, count);
  };
  for (let at = 0; at < rows.length; at += 1) {
    const code = codes[rows[at]!]!;
    if (codeCounter) codeCounter.add(code);
    else take(code, 1);
  }
  codeCounter?.drain(take);
  return counts;
}

function tallyOf(counts: Uint32Array, atoms: readonly Counted<Atom>[]): Tally {
  const of = (outcome: keyof typeof outcomeIndex): number => counts[outcomeIndex[outcome]]!;
  const [answered, notDiscussed, failed, pending] = [of('ANSWERED'), of('NOT_DISCUSSED'), of('FAILED'), of('PENDING')];
  return { asked: answered + notDiscussed + failed + pending, answered, notDiscussed, failed, pending, atoms };
}

/** A part of a whole; null where there is nothing to share (never 0). */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** How many of the values pass. */
export const countWhere = <Value>(
  answers: readonly Counted<Value>[],
  passes: (value: Value) => boolean = () => true,
): number => answers.reduce((sum, { value, count }) => sum + (passes(value) ? count : 0), 0);
