import { eventually } from '@harmony/testing';
import { expect } from '@jest/globals';
import { listRevisions } from '../revision-api.js';
import type { Oracle } from './oracle.js';
import type { Round } from './round.js';

/** A limit for what hangs. */
const patiently = { withinMs: 60_000 };

/** Holds what everybody is shown against the oracle: states of all revisions, the report, and the latest draft. */
export async function agree(oracle: Oracle, round: Round): Promise<void> {
  const expected = oracle.revisions.map(({ outcome, stage }, index) => ({
    ...{ id: round.revisionIds[index], outcome, stage, badge: oracle.badge(index) },
  }));
  const shown = await listRevisions(round.access, round.projectId);
  expect(shown.toReversed()).toEqual(expected);
  // Read models follow: only what was asked for by a command is there when it returns.
  await eventually(async () => expect(await round.report()).toEqual(oracle.report()), patiently);
  const last = oracle.revisions.findLastIndex(({ outcome }) => outcome.startsWith('COMPLETED'));
  if (last === -1) return;
  await eventually(async () => expect(await round.report(last)).toEqual(oracle.report(last)), patiently);
}
