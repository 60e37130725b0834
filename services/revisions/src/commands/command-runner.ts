import { causeOf, type RequestContext } from '@harmony/access';
import { streams, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore, type LogPosition } from '@harmony/event-store';
import type { Clock, Fact } from '@harmony/kernel';
import { CLOCK, EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type ProjectRevisions } from '../domain/project-revisions.js';
import { Visibility } from './visibility.js';

interface Seen {
  readonly revisions: ProjectRevisions | undefined;
  /** What the very same command has led to before. */
  readonly repeated: readonly HarmonyEvent[];
}

/** What a command has led to, now or when it was given first. */
export type Decided = readonly Pick<Fact, 'type' | 'data'>[];

/** Load, decide, append at the exact place in the stream, and wait until readers see it. */
@Injectable()
export class CommandRunner {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly visibility: Visibility,
  ) {}

  /**
   * `decide` is pure. It is asked again where somebody else was faster, and not at all for a command that the stream knows.
   * @throws HarmonyError of the decision; READ_MODEL_BEHIND when the change is recorded but not visible yet
   */
  async run(
    request: RequestContext,
    projectId: string,
    decide: (revisions: ProjectRevisions | undefined) => readonly Fact[],
  ): Promise<Decided> {
    const cause = causeOf(request, this.clock);
    const next = (seen: Seen | undefined, event: HarmonyEvent): Seen => ({
      revisions: evolve(seen?.revisions, event),
      repeated: [...(seen?.repeated ?? []), ...(event.causationId === cause.causationId ? [event] : [])],
    });
    let decided: Decided = [];
    let position: LogPosition | undefined;
    const revisions = new StateStreams<Seen>(this.store, { stream: streams.revisions, evolve: next });
    const appended = await revisions.change(projectId, cause, { decision: 'command' }, (seen, loaded) => {
      position = loaded.position;
      const repeated = seen?.repeated ?? [];
      const facts = repeated.length > 0 ? [] : decide(seen?.revisions);
      decided = repeated.length > 0 ? repeated : facts;
      return facts;
    });
    const seenAt = appended?.position ?? position;
    if (seenAt) await this.visibility.of(decided, seenAt);
    return decided;
  }
}
