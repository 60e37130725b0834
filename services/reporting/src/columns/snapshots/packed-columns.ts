import { deserialize, serialize } from 'node:v8';
import { promisify, types } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { Coded, ProjectColumns } from '../../domain/columns.js';
import { Pace } from '../pace.js';

const packed = z.object({ codes: z.custom<Uint32Array>(types.isUint32Array), values: z.array(z.unknown()).min(1) });
const byKey = z.array(z.tuple([z.string(), packed]));

/** Columns by name, a row for each conversation that is there, and nothing of those that are not. */
const packedColumns = z.object({
  conversationIds: z.array(z.string()),
  runIds: z.array(z.string()),
  happenedAt: z.custom<Float64Array>(types.isFloat64Array),
  facts: byKey,
  customFields: byKey,
  cells: byKey,
  goals: byKey,
  scorecards: byKey,
});
export type Packed = z.output<typeof packed>;
export type PackedColumns = z.output<typeof packedColumns>;

/** Another one is not read: the layout of the columns, and the encoding that this version of Node.js writes. */
export const packedFormat = `1/${process.versions.v8.split('.')[0]}`;

/**
 * Only the rows that are there, and only values that one of them has: what was deleted must not live on in a dictionary.
 * Made in slices, between which conversations may change.
 */
export async function packColumns({ facts, cells, goals, scorecards }: ProjectColumns): Promise<PackedColumns> {
  const pace = new Pace();
  const rows: number[] = [];
  for (let row = 0; row < facts.rows; row += 1) if (facts.isThere[row] === 1) rows.push(row);
  const packAll = async (columns: Iterable<readonly [string, Coded<unknown>]>): Promise<[string, Packed][]> => {
    const all: [string, Packed][] = [];
    for (const [key, column] of columns) {
      all.push([key, pack(column, rows)]);
      if (pace.isDue) await pace.rest();
    }
    return all;
  };
  const { team, owner, contact, revision, medium, status, runKind, tags, access } = facts;
  const readers = { 'access.owner': access.owner, 'access.createdBy': access.createdBy, 'access.team': access.team };
  return {
    conversationIds: rows.map((row) => facts.conversationIds[row] ?? ''),
    runIds: rows.map((row) => facts.runIds[row] ?? ''),
    happenedAt: Float64Array.from(rows, (row) => facts.happenedAt[row] ?? NaN),
    facts: await packAll(Object.entries({ team, owner, contact, revision, medium, status, runKind, tags, ...readers })),
    customFields: await packAll([...facts.customFields]),
    cells: await packAll([...cells]),
    goals: await packAll([...goals]),
    scorecards: await packAll([...scorecards]),
  };
}

/** The first value stays the first: it is what rows hold that were never set. */
function pack({ codes, values }: Coded<unknown>, rows: readonly number[]): Packed {
  const placeOf = new Map([[0, 0]]);
  const used = [values[0]];
  const places = Uint32Array.from(rows, (row) => {
    const code = codes[row] ?? 0;
    const known = placeOf.get(code);
    if (known !== undefined) return known;
    placeOf.set(code, used.length);
    return used.push(values[code]) - 1;
  });
  return { codes: places, values: used };
}

const compress = promisify(gzip);
const uncompress = promisify(gunzip);

export async function encodeColumns(columns: PackedColumns): Promise<Buffer> {
  return compress(serialize(columns), { level: constants.Z_BEST_SPEED });
}

/** @throws what is not written by {@link encodeColumns} of the same format. */
export async function decodeColumns(content: Buffer): Promise<PackedColumns> {
  return packedColumns.parse(deserialize(await uncompress(content)));
}
