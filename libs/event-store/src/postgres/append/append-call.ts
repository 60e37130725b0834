import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import type { AppendResult, ExpectedRevision } from '../../port.js';
import { asStoreError } from '../failures.js';
import { listItems, textRows } from '../text-rows.js';
import { expectationCode, type PreparedAppend } from './prepared-append.js';

/** What became of one append of a group. */
export type AppendOutcome = AppendResult | HarmonyError;

/**
 * One round trip and one transaction for a group of appends.
 * @throws HarmonyError when the group as a whole failed; nothing of it is recorded then, or nobody knows.
 */
export async function callAppend(pool: Pool, group: readonly PreparedAppend[]): Promise<AppendOutcome[]> {
  const streams = [...new Set(group.map(({ streamId }) => streamId))].sort();
  const places = new Map(streams.map((stream, index) => [stream, index + 1]));
  const values = [
    streams,
    group.map(({ streamId }) => places.get(streamId)),
    group.map(({ expected }) => expectationCode(expected)),
    group.map(({ ids }) => ids.length),
    group.flatMap(({ ids }) => ids),
    group.flatMap(({ types }) => types),
    group.flatMap(({ bodies }) => bodies),
  ];
  const text = 'select outcomes, revisions, xids, positions from event_store.append($1, $2, $3, $4, $5, $6, $7)';
  const result = await pool.query<string[]>({ ...textRows, name: 'event-store-append', text, values }).catch(fail);
  const [outcomes = [], revisions = [], xids = [], positions = []] = (result.rows[0] ?? []).map(listItems);
  return group.map((append, index) =>
    toOutcome(append, outcomes[index], Number(revisions[index]), xids[index], positions[index]),
  );
}

const fail = (error: unknown): never => {
  throw asStoreError(error);
};

function toOutcome(
  { streamId, expected }: PreparedAppend,
  outcome: string | undefined,
  revision: number,
  xid = '',
  pos = '',
): AppendOutcome {
  if (outcome === 'deleted') return new HarmonyError('STREAM_DELETED', { facts: { streamId } });
  if (outcome === 'refused') return wrongRevision(expected, revision);
  return { revision, position: { major: BigInt(xid), minor: BigInt(pos) }, repeated: outcome === 'repeated' };
}

/** @param revision as the database functions give it: -1 for a stream without events. */
export const wrongRevision = (expected: ExpectedRevision, revision: number): HarmonyError =>
  new HarmonyError('WRONG_EXPECTED_REVISION', { facts: { expected, actual: revision < 0 ? 'none' : revision } });
