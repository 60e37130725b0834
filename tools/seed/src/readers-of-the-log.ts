import { streams } from '@harmony/contracts';
import { logStart } from '@harmony/event-store';
import { readTo, skipLog } from '@harmony/messaging';
import { composition } from '@harmony/service-all-in-one';
import type { Operator } from '@harmony/tool-operator';

const all = [...composition.services.map(({ name }) => name), 'relay'];

/** Readers that have nothing left to read but what the new workspace is made of. */
export async function thatCaughtUp(operator: Operator, workspaceId: string): Promise<string[]> {
  const caughtUp: string[] = [];
  for (const name of all) if (!(await hasWork(operator, name, workspaceId))) caughtUp.push(name);
  return caughtUp;
}

async function hasWork({ store, database }: Operator, reader: string, workspaceId: string): Promise<boolean> {
  const after = (await readTo(database.worker, reader)) ?? logStart;
  for await (const { events } of store.readLog({ after })) {
    if (events.some(({ streamId }) => streamId !== streams.workspace(workspaceId))) return true;
  }
  return false;
}

/**
 * All that the sample's events ask for is in the sample: nobody needs to do it again.
 * @returns those that read the sample all the same, since they run or had something else to read before it.
 */
export async function putBehind({ store, database }: Operator, caughtUp: readonly string[]): Promise<string[]> {
  const head = await store.head();
  const reading: string[] = [];
  for (const name of all) {
    if (!caughtUp.includes(name) || !(await skipLog(database.worker, name, head))) reading.push(name);
  }
  return reading;
}
