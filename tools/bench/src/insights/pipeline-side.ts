import { newId } from '@harmony/kernel';
import { assertSame } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';
import { allCompleted, importAll, listed } from '../harness/import.js';
import { requireCells } from './counts.js';
import { cellsOf, conversationsOf, type Workload } from './workload.js';

/** Imports the conversations of all projects, and waits until each is answered. @returns conversations a second. */
export async function pipeline(harmony: RunningHarmony, workload: Workload): Promise<number> {
  const run = newId();
  const all = workload.projects.flatMap(({ name, conversations }) =>
    conversations.map((one) => ({ ...one, team: name })),
  );
  const start = performance.now();
  await importAll(harmony, run, all);
  await allCompleted(harmony, run, all.length);
  const seconds = (performance.now() - start) / 1_000;
  const conversations = await listed(harmony, run);
  assertSame('statuses of the conversations', [...new Set(conversations.map(({ status }) => status))], ['COMPLETED']);
  const ids = conversations.map(({ id }) => id);
  await requireCells(harmony, ids, cellsOf(workload));
  return conversationsOf(workload) / seconds;
}
