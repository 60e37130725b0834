import { causeOf, type RequestContext } from '@harmony/access';
import type { HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore, type LogPosition, type StateDefinition } from '@harmony/event-store';
import type { Clock, Fact } from '@harmony/kernel';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { projectsProjection } from '../projections/projects.projection.js';

export interface Command<State> {
  readonly definition: StateDefinition<State>;
  /** Of the project, or of the workspace. */
  readonly id: string;
  /** Pure; an empty list means that nothing has to change. Not asked again for a command that the stream knows already. */
  readonly decide: (state: State | undefined) => readonly Fact[];
}

interface Seen<State> {
  readonly state: State | undefined;
  /** What the very same command has led to before. */
  readonly repeated: readonly HarmonyEvent[];
}

/** Load, decide, append at the exact revision, and wait until readers see it. */
@Injectable()
export class CommandRunner {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns what was decided, now or by the command that this one repeats.
   * @throws HarmonyError of the decision; WRONG_EXPECTED_REVISION only when the stream never came to rest;
   * READ_MODEL_BEHIND when the change is recorded but not visible yet.
   */
  async run<State>(
    request: RequestContext,
    { definition, id, decide }: Command<State>,
  ): Promise<readonly Pick<Fact, 'type'>[]> {
    const cause = causeOf(request, this.clock);
    const { stream } = definition;
    const evolve = (seen: Seen<State> | undefined, event: HarmonyEvent): Seen<State> => ({
      state: definition.evolve(seen?.state, event),
      repeated: [...(seen?.repeated ?? []), ...(event.causationId === cause.causationId ? [event] : [])],
    });
    let decided: readonly Pick<Fact, 'type'>[] = [];
    let position: LogPosition | undefined;
    const streams = new StateStreams<Seen<State>>(this.store, { stream, evolve });
    const appended = await streams.change(id, cause, { decision: 'command' }, (seen, loaded) => {
      position = loaded.position;
      const repeated = seen?.repeated ?? [];
      const facts = repeated.length > 0 ? [] : decide(seen?.state);
      decided = repeated.length > 0 ? repeated : facts;
      return facts;
    });
    const seenAt = appended?.position ?? position;
    if (seenAt) await this.progress.waitFor(projectsProjection.name, seenAt);
    return decided;
  }
}
