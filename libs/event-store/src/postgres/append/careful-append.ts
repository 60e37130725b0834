import { HarmonyError } from '@harmony/contracts';
import type { AppendResult, ExpectedRevision } from '../../port.js';
import { listItems, textRows } from '../text-rows.js';
import type { AppendConnection } from './append-connection.js';
import { eventArrays } from './parameters.js';
import type { PreparedAppend } from './prepared-append.js';

/** What became of one append. */
export type AppendOutcome = AppendResult | HarmonyError;

const statement = {
  ...textRows,
  name: 'event-store-append',
  text: 'select * from event_store.append($1, $2, $3, $4, $5, $6)',
};

/** Takes any appends that are sorted by stream, and tells of each what became of it. */
export async function appendCarefully(
  connection: AppendConnection,
  sorted: readonly PreparedAppend[],
): Promise<ReadonlyMap<PreparedAppend, AppendOutcome>> {
  const { rows } = await connection.client.query<string[]>({ ...statement, values: eventArrays(sorted) });
  const [outcomes = [], revisions = [], xids = [], positions = []] = (rows[0] ?? []).map(listItems);
  return new Map(
    sorted.map((append, index) => [
      append,
      toOutcome(append, outcomes[index], revisions[index], xids[index], positions[index]),
    ]),
  );
}

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
