import type { AppendConnection } from './append-connection.js';
import { appendCarefully, type AppendOutcome } from './careful-append.js';
import { appendFast } from './fast-append.js';
import type { PreparedAppend } from './prepared-append.js';

/**
 * Appends a group, as a rule in one round trip and one transaction; the outcomes are in the order of the group. What the
 * fast way leaves over goes the careful way, together, in a second round trip.
 */
export async function appendGroup(
  connection: AppendConnection,
  group: readonly PreparedAppend[],
): Promise<readonly AppendOutcome[]> {
  const sorted = group.length === 1 ? group : [...group].sort(byStream);
  const simple = sorted.filter((append, index) => isSimple(append, sorted[index - 1]));
  const outcomes = new Map<PreparedAppend, AppendOutcome>(
    simple.length > 0 ? await appendFast(connection, simple) : [],
  );
  const left = sorted.filter((append) => !outcomes.has(append));
  if (left.length > 0) {
    for (const [append, outcome] of await appendCarefully(connection, left)) outcomes.set(append, outcome);
  }
  return group.flatMap((append) => outcomes.get(append) ?? []);
}

/** Everywhere the same order of locks; appends to the same stream keep the order in which they came. */
const byStream = (left: PreparedAppend, right: PreparedAppend): number =>
  left.streamId < right.streamId ? -1 : left.streamId > right.streamId ? 1 : 0;

/** Its expectation is exact, and no append to the same stream comes before it. */
const isSimple = ({ streamId, expected }: PreparedAppend, previous: PreparedAppend | undefined): boolean =>
  (typeof expected === 'number' || expected === 'none') && streamId !== previous?.streamId;
