import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import type { AppendResult, ExpectedRevision } from '../../port.js';
import { asStoreError } from '../failures.js';
import { listItems, recordFields, textRows } from '../text-rows.js';
import { expectationCode, type PreparedAppend } from './prepared-append.js';

/** What became of one append of a group. */
export type AppendOutcome = AppendResult | HarmonyError;

/**
 * One round trip and one transaction for a group of appends; the outcomes are in the order of the group.
 * @throws HarmonyError when the group as a whole failed; nothing of it is recorded then, or nobody knows.
 */
export async function callAppend(pool: Pool, group: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
  try {
    const [only] = group;
    return only && group.length === 1 && only.ids.length === 1
      ? [await appendOne(pool, only)]
      : await appendGroup(pool, group);
  } catch (error) {
    throw asStoreError(error);
  }
}

const oneStatement = {
  ...textRows,
  name: 'event-store-append-one',
  text: 'select event_store.append_one($1, $2, $3, $4, $5)',
};

async function appendOne(pool: Pool, append: PreparedAppend): Promise<AppendOutcome> {
  const { streamId, expected, ids, types, bodies } = append;
  const values = [streamId, expectationCode(expected), ids[0], types[0], bodies[0]];
  const { rows } = await pool.query<[string]>({ ...oneStatement, values });
  const [xid, outcome, revision, pos] = recordFields(rows[0]?.[0] ?? '');
  return outcome ? toOutcome(append, outcome, revision, xid, pos) : asExpected(append, xid, 1);
}

const groupStatement = {
  ...textRows,
  name: 'event-store-append-group',
  text: 'select * from event_store.append_group($1, $2, $3, $4, $5, $6, $7)',
};

/** Cannot stand in JSON unescaped. */
const recordSeparator = '\x1e';

async function appendGroup(pool: Pool, group: readonly PreparedAppend[]): Promise<AppendOutcome[]> {
  const sorted = [...group].sort(byStream);
  const careful = sorted.some(({ streamId }, index) => streamId === sorted[index - 1]?.streamId);
  const values = [
    careful,
    sorted.flatMap(({ streamId, ids }) => ids.map(() => streamId)),
    sorted.flatMap(({ expected, ids }) => ids.map(() => expectationCode(expected))),
    sorted.flatMap(({ ids }) => ids.map((_, event) => event + 1)),
    sorted.flatMap(({ ids }) => ids),
    sorted.flatMap(({ types }) => types),
    sorted.flatMap(({ bodies }) => bodies).join(recordSeparator),
  ];
  const { rows } = await pool.query<(string | null)[]>({ ...groupStatement, values });
  const [xid, ...lists] = rows[0] ?? [];
  const [outcomes, revisions, xids, positions] = lists.map((list) => (list ? listItems(list) : undefined));
  const results = new Map<PreparedAppend, AppendOutcome>();
  let pos = 0;
  for (const [index, append] of sorted.entries()) {
    pos += append.ids.length;
    const outcome = outcomes
      ? toOutcome(append, outcomes[index], revisions?.[index], xids?.[index], positions?.[index])
      : asExpected(append, xid ?? '', pos);
    results.set(append, outcome);
  }
  return group.map((append) => results.get(append) ?? new HarmonyError('INTERNAL'));
}

/** Everywhere the same order of locks; appends to the same stream keep the order in which they came. */
const byStream = (left: PreparedAppend, right: PreparedAppend): number =>
  left.streamId < right.streamId ? -1 : left.streamId > right.streamId ? 1 : 0;

/** The database says no more than its transaction when an exact expectation held. */
const asExpected = ({ expected, ids }: PreparedAppend, xid = '', pos: number): AppendResult => ({
  revision: expectationCode(expected) + ids.length,
  position: { major: BigInt(xid), minor: BigInt(pos) },
  repeated: false,
});

function toOutcome(
  { streamId, expected }: PreparedAppend,
  outcome = '',
  revision = '',
  xid = '',
  pos = '',
): AppendOutcome {
  if (outcome === 'deleted') return new HarmonyError('STREAM_DELETED', { facts: { streamId } });
  if (outcome === 'refused') return wrongRevision(expected, Number(revision));
  const position = { major: BigInt(xid), minor: BigInt(pos) };
  return { revision: Number(revision), position, repeated: outcome === 'repeated' };
}

/** @param revision as the database functions give it: -1 for a stream without events. */
export const wrongRevision = (expected: ExpectedRevision, revision: number): HarmonyError =>
  new HarmonyError('WRONG_EXPECTED_REVISION', { facts: { expected, actual: revision < 0 ? 'none' : revision } });
