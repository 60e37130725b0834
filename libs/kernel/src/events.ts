import {
  latestVersion,
  type Actor,
  type EventDataOf,
  type EventOf,
  type EventType,
  type HarmonyEvent,
} from '@harmony/contracts';
import { derivedId } from './ids.js';

/** What a decider returns: an event before it has an id, a time and a cause. */
export type Fact = { [Type in EventType]: { readonly type: Type; readonly data: EventDataOf<Type> } }[EventType];

/** Builds one fact with its type checked against the catalogue. */
export const fact = <Type extends EventType>(type: Type, data: EventDataOf<Type>): Fact => ({ type, data }) as Fact;

/** Why and for whom something happens; carried from the request or the causing event to every event it leads to. */
export interface Cause {
  /** Id of the command or event that caused this; ids of new events are derived from it. */
  readonly causationId: string;
  readonly correlationId: string;
  readonly workspaceId: string;
  readonly actor: Actor;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
}

/**
 * Turns facts into events. Ids derive from the cause, the stream and the index, so that deciding again
 * from the same cause appends nothing new.
 */
export function eventsFrom(cause: Cause, stream: string, facts: readonly Fact[]): HarmonyEvent[] {
  return facts.map(
    ({ type, data }, index) =>
      ({
        id: derivedId(cause.causationId, stream, index),
        type,
        version: latestVersion(type),
        occurredAt: cause.occurredAt,
        workspaceId: cause.workspaceId,
        actor: cause.actor,
        correlationId: cause.correlationId,
        causationId: cause.causationId,
        data,
      }) as HarmonyEvent,
  );
}

/** The cause of whatever a part of Harmony does because of an event. */
export function causedBy(event: HarmonyEvent | EventOf<EventType>, system: string, now: Date): Cause {
  return {
    causationId: event.id,
    correlationId: event.correlationId,
    workspaceId: event.workspaceId,
    actor: { kind: 'SYSTEM', id: system },
    occurredAt: now.toISOString(),
  };
}
