import { newId } from '@harmony/kernel';
import type { Meeting } from '@harmony/testing';
import { assertSame } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';
import { allCompleted, importAll, listed } from '../harness/import.js';

/**
 * Imports every meeting, batch by batch, and waits until the last one can be read.
 * @returns turns a second; every conversation must have as many turns as its meeting.
 */
export async function importMeetings(harmony: RunningHarmony, meetings: readonly Meeting[]): Promise<number> {
  const run = newId();
  const start = performance.now();
  await importAll(harmony, run, meetings);
  await allCompleted(harmony, run, meetings.length);
  const seconds = (performance.now() - start) / 1000;
  const counts = (await listed(harmony, run)).map(({ title, turnCount }) => [title, turnCount]);
  const expected = meetings.map(({ title, turns }) => [title, turns.length]);
  assertSame('turns of each conversation', counts.sort(), expected.sort());
  return meetings.reduce((sum, { turns }) => sum + turns.length, 0) / seconds;
}
