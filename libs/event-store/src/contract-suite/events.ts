import { newId } from '@harmony/kernel';
import type { EventToAppend } from '../port.js';

/** A valid event with a fresh id; whatever a test cares about is given. */
export function anEvent(given: Partial<EventToAppend> = {}): EventToAppend {
  return {
    id: newId(),
    type: 'SomethingHappened',
    version: 1,
    occurredAt: '2025-02-03T04:05:06.789Z',
    workspaceId: '7a1c2f0e-5d7b-4c55-9a39-1f1df0a6f2aa',
    actor: { kind: 'SYSTEM', id: 'contract-suite' },
    correlationId: 'correlation',
    causationId: 'causation',
    data: { happened: true },
    ...given,
  };
}

/** `count` events whose data is their number, so that order shows. */
export const someEvents = (count: number, given: Partial<EventToAppend> = {}): EventToAppend[] =>
  Array.from({ length: count }, (_, number) => anEvent({ data: { number }, ...given }));

/** A stream, or a prefix of streams, that no other test has. */
export const freshName = (area = 'thing'): string => `${area}-${newId()}`;
