import { causeOf, type RequestContext } from '@harmony/access';
import { decodeEvent, isKnownEventType, streams, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, StreamCache, type EventStore, type Loaded, type StateDefinition } from '@harmony/event-store';
import type { Clock, Fact } from '@harmony/kernel';
import { CLOCK, EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type ProjectRevisions } from '../domain/project-revisions.js';
import { Visibility } from './visibility.js';

interface Seen {
  readonly revisions: ProjectRevisions | undefined;
  /** What each event was caused by. */
  readonly causes: readonly string[];
}

/** What a command has led to, now or when it was given first. */
export type Decided = readonly Pick<Fact, 'type' | 'data'>[];

const definition: StateDefinition<Seen> = {
  stream: streams.revisions,
  evolve: (seen, event) => ({
    revisions: evolve(seen?.revisions, event),
    causes: [...(seen?.causes ?? []), event.causationId],
  }),
};

const hasSeen = (seen: Seen | undefined, causationId: string): boolean => seen?.causes.includes(causationId) ?? false;

/** Projects whose revisions stay in memory, each of them as they were asked for. */
const projectsInMemory = 20;

/** Load, decide, append at the exact place in the stream, and wait until readers see it. */
@Injectable()
export class CommandRunner {
  private readonly streams: StateStreams<Seen>;
  private readonly cache: StreamCache<Seen>;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly visibility: Visibility,
  ) {
    this.streams = new StateStreams(store, definition);
    this.cache = new StreamCache(store, definition, { entries: projectsInMemory });
  }

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
    const { causationId } = cause;
    const known = await this.cache.load(projectId);
    let isRepeated = hasSeen(known.state, causationId);
    if (isRepeated) return this.repeated(projectId, causationId, known);
    let facts: readonly Fact[] = [];
    const loaded = await this.streams.changeSeen(projectId, known, cause, { decision: 'command' }, (seen) => {
      isRepeated = hasSeen(seen, causationId);
      facts = isRepeated ? [] : decide(seen?.revisions);
      return facts;
    });
    if (isRepeated) return this.repeated(projectId, causationId, loaded);
    if (loaded.position) await this.visibility.of(facts, loaded.position);
    return facts;
  }

  private async repeated(projectId: string, causationId: string, { position }: Loaded<Seen>): Promise<Decided> {
    const decided = await this.causedBy(projectId, causationId);
    if (position) await this.visibility.of(decided, position);
    return decided;
  }

  /** What the very same command has led to before. */
  private async causedBy(projectId: string, causationId: string): Promise<HarmonyEvent[]> {
    const events: HarmonyEvent[] = [];
    for await (const recorded of this.store.readStream(streams.revisions(projectId))) {
      const event = isKnownEventType(recorded.type) ? decodeEvent(recorded) : undefined;
      if (event?.causationId === causationId) events.push(event);
    }
    return events;
  }
}
