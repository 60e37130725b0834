import { directoryProjection } from '@harmony/access';
import { decodeEvent, HarmonyError, type HarmonyEvent } from '@harmony/contracts';
import type { EventStore, LogPosition } from '@harmony/event-store';
import { backoffMs, eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import type { ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';

/** Decisions are made again from what the stream says now, so a conflict is worth a few more tries. */
const attempts = 10;

export interface Command<State> {
  readonly stream: string;
  readonly cause: Cause;
  /** Folds the stream's events, which all belong to the cause's workspace. */
  readonly fold: (events: readonly HarmonyEvent[]) => State;
  /** Pure; an empty list means that nothing has to change. Not asked again for a cause that the stream knows already. */
  readonly decide: (state: State) => readonly Fact[];
}

interface LoadedStream {
  readonly events: readonly HarmonyEvent[];
  readonly revision: number | undefined;
  readonly position: LogPosition | undefined;
}

/** Load, fold, decide, append with the exact revision, and wait until the directory shows it. */
@Injectable()
export class CommandRunner {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /**
   * @returns what was decided; empty when a repeat or a change to what already is.
   * @throws HarmonyError of the decision; WRONG_EXPECTED_REVISION only when the stream never came to rest;
   * READ_MODEL_BEHIND when the change is recorded but not visible yet.
   */
  async run<State>(command: Command<State>): Promise<readonly Fact[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { facts, position } = await this.attempt(command);
        if (position) await this.progress.waitFor(directoryProjection.name, position);
        return facts;
      } catch (error) {
        if (!isConflict(error) || attempt === attempts) throw error;
        await pause(backoffMs(attempt, { firstMs: 5, maximumMs: 200 }));
      }
    }
  }

  private async attempt<State>({ stream, cause, fold, decide }: Command<State>) {
    const { events, revision, position } = await this.load(stream, cause.workspaceId);
    const repeated = events.some(({ causationId }) => causationId === cause.causationId);
    const facts = repeated ? [] : decide(fold(events));
    if (facts.length === 0) return { facts, position };
    const appended = await this.store.append(stream, eventsFrom(cause, stream, facts), revision ?? 'none');
    return { facts, position: appended.position };
  }

  private async load(stream: string, workspaceId: string): Promise<LoadedStream> {
    const events: HarmonyEvent[] = [];
    let last: { revision: number; position: LogPosition } | undefined;
    for await (const recorded of this.store.readStream(stream)) {
      const event = decodeEvent(recorded);
      // A stream of another workspace looks like one that never was.
      if (event.workspaceId !== workspaceId) throw new HarmonyError('NOT_FOUND');
      events.push(event);
      last = recorded;
    }
    return { events, revision: last?.revision, position: last?.position };
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof HarmonyError && error.code === 'WRONG_EXPECTED_REVISION';
