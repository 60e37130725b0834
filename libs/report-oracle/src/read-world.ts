import { decodeEvent, type EventOf, type HarmonyEvent } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { readConversationEvent } from './read-conversation.js';
import { readInsightsEvent } from './read-insights.js';
import { readProjectEvent } from './read-project.js';
import type { World } from './world.js';

/** Reads the whole log of a store. */
export async function readWorld(store: EventStore): Promise<World> {
  const world: World = {
    ...{ conversations: new Map(), runs: new Map(), lives: [], projects: new Map(), definitions: new Map() },
    revisions: new Map(),
  };
  let place = 0;
  for await (const { events } of store.readLog()) {
    for (const recorded of events) {
      place += 1;
      readEvent(world, decodeEvent(recorded), { place, revision: recorded.revision });
    }
  }
  return world;
}

/** Where an event stands: in the log, and in its stream. */
export interface Place {
  readonly place: number;
  readonly revision: number;
}

function readEvent(world: World, event: HarmonyEvent, where: Place): void {
  readConversationEvent(world, event);
  readInsightsEvent(world, event, where);
  readProjectEvent(world, event, where);
  if (event.type === 'RevisionMadeLive') world.lives.push(liveOf(event, where));
  // Only what was made live last is ever rolled back.
  if (event.type === 'RevisionRolledBack') rollBack(world, event);
  if (event.type === 'RevisionRequested') {
    const { workspaceId, data } = event;
    world.revisions.set(data.revisionId, { workspaceId, projectId: data.projectId, isUnderWay: true });
  }
  if (event.type === 'RevisionCompleted' || event.type === 'RevisionCancelled') setUnderWay(world, event, false);
  if (event.type === 'RevisionRetried') setUnderWay(world, event, true);
}

function setUnderWay(
  { revisions }: World,
  { data }: EventOf<'RevisionCompleted' | 'RevisionCancelled' | 'RevisionRetried'>,
  isUnderWay: boolean,
): void {
  const known = revisions.get(data.revisionId);
  if (known) revisions.set(data.revisionId, { ...known, isUnderWay });
}

function rollBack({ lives }: World, { data: { projectId }, occurredAt }: EventOf<'RevisionRolledBack'>): void {
  const last = lives.findLastIndex((live) => live.projectId === projectId && live.until === Infinity);
  const live = lives[last];
  if (live) lives[last] = { ...live, until: Date.parse(occurredAt) };
}

const liveOf = (
  { data, occurredAt, workspaceId }: EventOf<'RevisionMadeLive'>,
  { place }: Place,
): World['lives'][number] => ({
  ...{
    workspaceId,
    revisionId: data.revisionId,
    projectId: data.projectId,
    at: Date.parse(occurredAt),
    until: Infinity,
    place,
  },
});
