import { builtInRoles, decodeEvent, HarmonyError, streams } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { SampleWish } from '@harmony/sample-log';

/** A workspace that is there, as far as a sample must know it. */
export type KnownWorkspace = Required<Pick<SampleWish, 'workspaceId' | 'founderId' | 'existing'>>;

/** @throws HarmonyError NOT_FOUND for a workspace that is not there or has no administrator. */
export async function readWorkspace(store: EventStore, workspaceId: string): Promise<KnownWorkspace> {
  let events = 0;
  let founderId: string | undefined;
  const customFieldKeys: string[] = [];
  for await (const recorded of store.readStream(streams.workspace(workspaceId))) {
    const event = decodeEvent(recorded);
    events += 1;
    if (event.type === 'UserAdded' && event.data.roleId === builtInRoles.admin.id) founderId ??= event.data.userId;
    if (event.type === 'CustomFieldDefined' && event.data.target === 'CONVERSATION') {
      customFieldKeys.push(event.data.key);
    }
  }
  if (founderId !== undefined) return { workspaceId, founderId, existing: { events, customFieldKeys } };
  throw new HarmonyError('NOT_FOUND', { detail: `There is no workspace ${workspaceId} with an administrator.` });
}
