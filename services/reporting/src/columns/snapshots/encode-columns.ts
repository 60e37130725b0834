import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { Pace } from '../pace.js';
import {
  codeList,
  columnGroups,
  idList,
  timeList,
  valueList,
  type ColumnGroup,
  type PackedColumns,
} from './packed-columns.js';

/** Another one is not read: the layout of the pieces, and the encoding that this version of Node.js writes. */
export const packedFormat = `2/${process.versions.v8.split('.')[0]}`;

/** A piece is written and read in one go, which must not take long. */
const entriesOfPiece = 2_000;

const group = z.enum(columnGroups);
/** In the order in which columns are put together again: a column begins with its codes. */
const piece = z.union([
  z.object({ name: z.enum(['conversationIds', 'runIds']), ids: idList }),
  z.object({ name: z.literal('happenedAt'), times: timeList }),
  z.object({ name: group, key: z.string(), codes: codeList }),
  z.object({ name: group, key: z.string(), values: valueList }),
]);
type Piece = z.output<typeof piece>;

const compress = promisify(gzip);
const uncompress = promisify(gunzip);
const lengthBytes = 4;
/** Compressed together, before compression. */
const compressedBytes = 1024 * 1024;

/** Piece by piece, each behind its length, so that others have their turn in between. */
export async function encodeColumns(columns: PackedColumns, pace: Pace = new Pace()): Promise<Buffer> {
  const written: Buffer[] = [];
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  // What was compressed one after the other is read as if it had been compressed as a whole.
  const write = async (): Promise<void> => {
    written.push(await compress(Buffer.concat(waiting), { level: constants.Z_BEST_SPEED }));
    [waiting, waitingBytes] = [[], 0];
  };
  for (const one of piecesOf(columns)) {
    const content = serialize(one);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32LE(content.length);
    waiting.push(length, content);
    waitingBytes += content.length;
    if (waitingBytes > compressedBytes) await write();
    if (pace.isDue) await pace.rest();
  }
  await write();
  return Buffer.concat(written);
}

/** @throws what is not written by {@link encodeColumns} of the same format. */
export async function decodeColumns(content: Buffer, pace: Pace = new Pace()): Promise<PackedColumns> {
  const parts = await uncompress(content);
  const columns = new Unpacked();
  for (let start = 0; start < parts.length; ) {
    const from = start + lengthBytes;
    start = from + parts.readUInt32LE(start);
    columns.add(piece.parse(deserialize(parts.subarray(from, start))));
    if (pace.isDue) await pace.rest();
  }
  return columns.all;
}

function* piecesOf(columns: PackedColumns): Generator<Piece> {
  for (const name of ['conversationIds', 'runIds'] as const) {
    for (const ids of slices(columns[name])) yield { name, ids };
  }
  yield { name: 'happenedAt', times: columns.happenedAt };
  for (const name of columnGroups) {
    for (const [key, { codes, values }] of columns[name]) {
      yield { name, key, codes };
      for (const slice of slices(values)) yield { name, key, values: slice };
    }
  }
}

function* slices<Entry>(entries: readonly Entry[]): Generator<Entry[]> {
  for (let start = 0; start < entries.length; start += entriesOfPiece) {
    yield entries.slice(start, start + entriesOfPiece);
  }
}

/** Puts pieces together again. */
class Unpacked {
  readonly all: PackedColumns = {
    ...{ conversationIds: [], runIds: [], happenedAt: new Float64Array() },
    ...{ facts: [], customFields: [], cells: [], goals: [], scorecards: [] },
  };

  add(one: Piece): void {
    if ('ids' in one) this.all[one.name].push(...one.ids);
    else if ('times' in one) this.all.happenedAt = one.times;
    else if ('codes' in one) this.all[one.name].push([one.key, { codes: one.codes, values: [] }]);
    else this.valuesOf(one.name, one.key).push(...one.values);
  }

  private valuesOf(name: ColumnGroup, key: string): unknown[] {
    const [last, column] = this.all[name].at(-1) ?? [];
    if (!column || last !== key) throw new Error(`Values without codes: ${name} ${key}`);
    return column.values;
  }
}
