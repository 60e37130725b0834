import { types } from 'node:util';
import { z } from 'zod';
import type { Coded, ProjectColumns } from '../../domain/columns.js';
import { Pace } from '../pace.js';

export const idList = z.array(z.string());
export const codeList = z.custom<Uint32Array>(types.isUint32Array);
export const timeList = z.custom<Float64Array>(types.isFloat64Array);
export const valueList = z.array(z.unknown());

/** A column: the first value is what rows hold that were never set. */
export interface Packed {
  codes: Uint32Array;
  values: unknown[];
}

/** Names of what has a column for each of its keys. */
export const columnGroups = ['facts', 'customFields', 'cells', 'goals', 'scorecards'] as const;
export type ColumnGroup = (typeof columnGroups)[number];

/** Columns by name, a row for each conversation that is there, and nothing of those that are not. */
export interface PackedColumns extends Record<ColumnGroup, [key: string, column: Packed][]> {
  conversationIds: string[];
  runIds: string[];
  happenedAt: Float64Array;
}

/**
 * Only the rows that are there, and only values that one of them has: what was deleted must not live on in a dictionary.
 * Made in slices, between which conversations may change.
 */
export async function packColumns(columns: ProjectColumns, pace: Pace = new Pace()): Promise<PackedColumns> {
  const { facts, cells, goals, scorecards } = columns;
  const rows = rowsThere(columns);
  const packAll = async (all: Iterable<readonly [string, Coded<unknown>]>): Promise<[string, Packed][]> => {
    const packed: [string, Packed][] = [];
    for (const [key, column] of all) {
      packed.push([key, pack(column, rows)]);
      if (pace.isDue) await pace.rest();
    }
    return packed;
  };
  const { team, owner, contact, revision, medium, status, runKind, tags, access } = facts;
  const readers = { 'access.owner': access.owner, 'access.createdBy': access.createdBy, 'access.team': access.team };
  return {
    conversationIds: idsOf(facts.conversationIds, rows),
    runIds: idsOf(facts.runIds, rows),
    happenedAt: facts.happenedAt.filter((_, row) => facts.isThere[row] === 1),
    facts: await packAll(Object.entries({ team, owner, contact, revision, medium, status, runKind, tags, ...readers })),
    customFields: await packAll([...facts.customFields]),
    cells: await packAll([...cells]),
    goals: await packAll([...goals]),
    scorecards: await packAll([...scorecards]),
  };
}

function rowsThere({ facts: { rows, isThere } }: ProjectColumns): Uint32Array {
  const there = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    if (isThere[row] !== 1) continue;
    there[count] = row;
    count += 1;
  }
  return there.subarray(0, count);
}

function idsOf(ids: readonly string[], rows: Uint32Array): string[] {
  const found: string[] = [];
  for (const row of rows) found.push(ids[row] ?? '');
  return found;
}

function pack({ codes, values }: Coded<unknown>, rows: Uint32Array): Packed {
  /** By code, of values that are used; one more than the place, so that 0 says that it is not. */
  const placeOf = new Uint32Array(values.length);
  placeOf[0] = 1;
  const used = [values[0]];
  const places = rows.map((row) => {
    const code = codes[row] ?? 0;
    const known = placeOf[code] ?? 0;
    if (known > 0) return known - 1;
    const place = used.push(values[code]) - 1;
    placeOf[code] = place + 1;
    return place;
  });
  return { codes: places, values: used };
}
