import type { AppendResult } from '../../port.js';
import type { AppendConnection } from './append-connection.js';
import type { PreparedStep } from './implicit-transaction.js';
import { expectationCode, type PreparedAppend } from './prepared-append.js';
import { eventArrays, textList } from './parameters.js';
import { statements } from './statements.js';

/**
 * Writes, of appends that are sorted by stream and no two of which are for the same one, those whose exact expectation
 * holds, in one round trip. Whatever has no result was not written, for a reason that is still to be found.
 */
export async function appendFast(
  connection: AppendConnection,
  sorted: readonly PreparedAppend[],
): Promise<ReadonlyMap<PreparedAppend, AppendResult>> {
  const [only] = sorted;
  const steps = only && sorted.length === 1 && only.ids.length === 1 ? oneEvent(only) : manyEvents(sorted);
  const rows = await connection.run(steps);
  const xid = BigInt(rows[0]?.[0] ?? 0);
  const written = new Set(rows.map((row) => Number(row[1])));
  const results = new Map<PreparedAppend, AppendResult>();
  let pos = 0;
  for (const append of sorted) {
    const { expected, ids } = append;
    pos += ids.length;
    if (!written.has(pos)) continue;
    const position = { major: xid, minor: BigInt(pos) };
    results.set(append, { revision: expectationCode(expected) + ids.length, position, repeated: false });
  }
  return results;
}

function oneEvent({ streamId, expected, ids, types, bodies }: PreparedAppend): PreparedStep[] {
  const values = [streamId, String(expectationCode(expected)), ids[0] ?? '', types[0] ?? '', bodies[0] ?? ''];
  return [
    { statement: statements.lockOne.name, values: [streamId] },
    { statement: statements.writeOne.name, values },
  ];
}

function manyEvents(sorted: readonly PreparedAppend[]): PreparedStep[] {
  return [
    { statement: statements.lockAll.name, values: [textList(sorted.map(({ streamId }) => streamId))] },
    { statement: statements.writeAll.name, values: eventArrays(sorted) },
  ];
}
