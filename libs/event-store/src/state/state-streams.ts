import { decodeEvent, HarmonyError, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { appendLimitBytes } from '../append-limit.js';
import type { AppendResult, EventStore } from '../port.js';
import type { LogPosition } from '../position.js';

/** What a stream says now. */
export interface Loaded<State> {
  /** Undefined: nothing ever happened in this stream. */
  readonly state: State | undefined;
  /** Of the stream's last event; -1 for an empty stream. */
  readonly revision: number;
  readonly position: LogPosition | undefined;
}

export interface ChangeOptions {
  /**
   * Tells apart what one cause leads to in one stream: event ids derive from the cause, this and the index,
   * so two different decisions must not share it.
   */
  readonly decision: string;
}

/** What is still to be appended of a long list of facts. */
export interface Rest {
  /** How many of the facts the stream holds already. */
  readonly done: number;
  /** Of the stream's last event. */
  readonly revision: number;
  readonly signal: AbortSignal;
}

/** How states are read from streams. */
export interface StateDefinition<State> {
  readonly stream: (id: string) => string;
  /** The state after one more event; events of types that it does not know change nothing. */
  readonly evolve: (state: State | undefined, event: HarmonyEvent) => State | undefined;
}

/** What is to be appended; nothing for a state that needs no change. */
type Decide<State> = (state: State | undefined, loaded: Loaded<State>) => readonly Fact[];

interface Changed<State> {
  readonly loaded: Loaded<State>;
  readonly appended: AppendResult | undefined;
}

const attempts = 5;

/** Leaves room below the limit of an append for what the store itself adds. */
const batchBytes = appendLimitBytes - 100_000;

/** Streams of one kind: read, decide, append at the exact revision. */
export class StateStreams<State> {
  constructor(
    private readonly store: EventStore,
    private readonly definition: StateDefinition<State>,
  ) {}

  /** @throws HarmonyError STREAM_DELETED */
  async load(id: string): Promise<Loaded<State>> {
    let loaded: Loaded<State> = { state: undefined, revision: -1, position: undefined };
    for await (const recorded of this.store.readStream(this.definition.stream(id))) {
      const { revision, position, type } = recorded;
      const isKnown = isKnownEventType(type);
      const state = isKnown ? this.definition.evolve(loaded.state, decodeEvent(recorded)) : loaded.state;
      loaded = { state, revision, position };
    }
    return loaded;
  }

  /** @throws HarmonyError WRONG_EXPECTED_REVISION when the stream is not at this revision. */
  append(id: string, cause: Cause, facts: readonly Fact[], revision: number): Promise<AppendResult> {
    const stream = this.definition.stream(id);
    return this.store.append(stream, eventsFrom(cause, stream, facts), revision < 0 ? 'none' : revision);
  }

  /**
   * Appends a list of facts that may be too long for one append, from the `done`-th on. The list must be the same each
   * time, so that a run that was interrupted is continued by another one.
   * @throws HarmonyError WRONG_EXPECTED_REVISION when somebody else continues it at the same time.
   */
  async appendRest(id: string, cause: Cause, facts: readonly Fact[], rest: Rest): Promise<void> {
    const stream = this.definition.stream(id);
    let revision = rest.revision;
    for (const batch of batches(eventsFrom(cause, stream, facts).slice(rest.done))) {
      rest.signal.throwIfAborted();
      ({ revision } = await this.store.append(stream, batch, revision));
    }
  }

  /**
   * Appends what is decided on the present state, and decides anew when somebody else was faster.
   * Undefined when there was nothing to do.
   */
  async change(
    id: string,
    cause: Cause,
    options: ChangeOptions,
    decide: Decide<State>,
  ): Promise<AppendResult | undefined> {
    const { appended } = await this.changed(id, cause, options, decide, undefined);
    return appended;
  }

  /**
   * The same for whoever saw the stream before: what is decided on that is appended while it still holds, without another
   * look. Gives back what the stream says afterwards.
   */
  async changeSeen(
    id: string,
    seen: Loaded<State>,
    cause: Cause,
    options: ChangeOptions,
    decide: Decide<State>,
  ): Promise<Loaded<State>> {
    const { loaded } = await this.changed(id, cause, options, decide, seen);
    return loaded;
  }

  private async changed(
    id: string,
    cause: Cause,
    { decision }: ChangeOptions,
    decide: Decide<State>,
    seen: Loaded<State> | undefined,
  ): Promise<Changed<State>> {
    const stream = this.definition.stream(id);
    let known = seen;
    for (let attempt = 1; ; attempt += 1) {
      const loaded = known ?? (await this.load(id));
      const events = eventsFrom(cause, `${stream}/${decision}`, decide(loaded.state, loaded));
      // That there is nothing to do is no append, which would find out whether what was seen still holds.
      if (events.length === 0 && !known) return { loaded, appended: undefined };
      known = undefined;
      if (events.length === 0) continue;
      try {
        const appended = await this.store.append(stream, events, loaded.revision < 0 ? 'none' : loaded.revision);
        return { loaded: this.after(loaded, events, appended), appended };
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) throw error;
      }
    }
  }

  private after({ state }: Loaded<State>, events: readonly HarmonyEvent[], appended: AppendResult): Loaded<State> {
    const { evolve } = this.definition;
    const after = events.reduce<State | undefined>((current, event) => evolve(current, event), state);
    return { state: after, revision: appended.revision, position: appended.position };
  }
}

function batches(events: readonly HarmonyEvent[]): HarmonyEvent[][] {
  const all: HarmonyEvent[][] = [];
  let bytes = Infinity;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (bytes + size <= batchBytes) all.at(-1)?.push(event);
    else all.push([event]);
    bytes = bytes + size <= batchBytes ? bytes + size : size;
  }
  return all;
}

/** Whether somebody else appended first; reading and deciding again may succeed. */
export const isConflict = (error: unknown): boolean =>
  error instanceof HarmonyError && error.code === 'WRONG_EXPECTED_REVISION';
