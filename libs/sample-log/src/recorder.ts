import { latestVersion, type Actor, type EventDataOf, type EventType, type HarmonyEvent } from '@harmony/contracts';
import type { Random } from './random.js';

/** Puts facts into envelopes: ids are drawn, times are given. */
export class Recorder {
  constructor(
    private readonly workspaceId: string,
    private readonly random: Random,
  ) {}

  id(): string {
    return this.random.uuid();
  }

  /** `at` in milliseconds since 1970. */
  event<Type extends EventType>(type: Type, at: number, actor: Actor, data: EventDataOf<Type>): HarmonyEvent {
    const id = this.random.uuid();
    return {
      id,
      type,
      version: latestVersion(type),
      occurredAt: new Date(at).toISOString(),
      workspaceId: this.workspaceId,
      actor,
      correlationId: id,
      causationId: id,
      data,
    } as HarmonyEvent;
  }
}

export const user = (id: string): Actor => ({ kind: 'USER', id });
export const system = (id: string): Actor => ({ kind: 'SYSTEM', id });
