import { decodeEvent, isKnownEventType, type HarmonyEvent } from '@harmony/contracts';
import { LRUCache } from 'lru-cache';
import type { EventStore } from '../port.js';
import type { Loaded, StateDefinition } from './state-streams.js';

/** How long ago what is asked for again and again may have been read: a change comes late by no more than that. */
export const tolerableAgeMs = 200;

export interface CacheLimit<State> {
  readonly entries: number;
  /** Units of `maximumSize` that a state takes, at least 1. Absent: every state counts alike. */
  readonly sizeOf?: (state: State | undefined) => number;
  readonly maximumSize?: number;
}

/**
 * States of streams that are read again and again: what was folded stays in memory, and a load reads only what came
 * since, so that it is always as fresh as the store.
 */
export class StreamCache<State> {
  private readonly loaded: LRUCache<string, Loaded<State>>;
  /** When each was found to be as the store has it, by the clock of `performance`. */
  private readonly refreshedAt = new WeakMap<Loaded<State>, number>();
  /** First loads under way: many jobs of one conversation begin at the same time. */
  private readonly first = new Map<string, Promise<Loaded<State>>>();

  constructor(
    private readonly store: EventStore,
    private readonly definition: StateDefinition<State>,
    { entries, sizeOf, maximumSize }: CacheLimit<State>,
  ) {
    this.loaded = new LRUCache({
      max: entries,
      ...(sizeOf &&
        maximumSize !== undefined && {
          maxSize: maximumSize,
          sizeCalculation: ({ state }: Loaded<State>) => Math.max(1, Math.ceil(sizeOf(state))),
        }),
    });
  }

  /** @throws HarmonyError STREAM_DELETED */
  async load(id: string): Promise<Loaded<State>> {
    const known = this.loaded.get(id) ?? (await this.joined(id));
    if (known) return this.refreshed(id, known);
    const loading = this.refreshed(id, { state: undefined, revision: -1, position: undefined });
    this.first.set(id, loading);
    try {
      return await loading;
    } finally {
      this.first.delete(id);
    }
  }

  /** As it was {@link tolerableAgeMs} ago at most: for what may come a moment late, and is asked for many times a moment. */
  async recent(id: string): Promise<Loaded<State>> {
    const known = this.loaded.get(id);
    const age = performance.now() - ((known && this.refreshedAt.get(known)) ?? -Infinity);
    return known && age <= tolerableAgeMs ? known : this.load(id);
  }

  /** As it was when it was last loaded or kept; undefined where it is not in memory. */
  known(id: string): Loaded<State> | undefined {
    return this.loaded.get(id);
  }

  /** The state after events that were just appended behind the loaded one, without reading them back. */
  after({ state }: Loaded<State>, events: readonly HarmonyEvent[]): State | undefined {
    return events.reduce<State | undefined>((current, event) => this.definition.evolve(current, event), state);
  }

  /** Takes over a state that whoever appended has at hand. */
  keep(id: string, loaded: Loaded<State>): void {
    const known = this.loaded.get(id);
    if (!known || loaded.revision > known.revision) this.loaded.set(id, loaded);
  }

  forget(id: string): void {
    this.loaded.delete(id);
  }

  /** One that began before may have missed the latest events; so what it found is only where reading goes on. */
  private async joined(id: string): Promise<Loaded<State> | undefined> {
    return this.first.get(id)?.catch(() => undefined);
  }

  private async refreshed(id: string, known: Loaded<State>): Promise<Loaded<State>> {
    const startedAt = performance.now();
    let current = known;
    try {
      for await (const recorded of this.store.readStream(this.definition.stream(id), { from: known.revision + 1 })) {
        const { revision, position, type } = recorded;
        const state = isKnownEventType(type)
          ? this.definition.evolve(current.state, decodeEvent(recorded))
          : current.state;
        current = { state, revision, position };
      }
    } catch (error) {
      this.forget(id);
      throw error;
    }
    this.keep(id, current);
    this.refreshedAt.set(current, startedAt);
    return current;
  }
}
