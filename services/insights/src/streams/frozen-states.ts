import { decodeEvent, isKnownEventType } from '@harmony/contracts';
import type { EventStore, StateDefinition } from '@harmony/event-store';
import { LRUCache } from 'lru-cache';

/** States as streams had left them at a revision: they never change, so each is read once. */
export class FrozenStates<State> {
  private readonly loaded: LRUCache<string, Promise<State | undefined>>;

  constructor(
    private readonly store: EventStore,
    private readonly definition: StateDefinition<State>,
    entries: number,
  ) {
    this.loaded = new LRUCache({ max: entries });
  }

  /**
   * @param revision of the last event that counts
   * @throws HarmonyError STREAM_DELETED
   */
  async at(id: string, revision: number): Promise<State | undefined> {
    const key = `${id}@${revision}`;
    const known = this.loaded.get(key);
    if (known) return known;
    const loading = this.load(id, revision);
    this.loaded.set(key, loading);
    try {
      return await loading;
    } catch (error) {
      this.loaded.delete(key);
      throw error;
    }
  }

  private async load(id: string, revision: number): Promise<State | undefined> {
    let state: State | undefined;
    for await (const recorded of this.store.readStream(this.definition.stream(id), { limit: revision + 1 })) {
      if (isKnownEventType(recorded.type)) state = this.definition.evolve(state, decodeEvent(recorded));
    }
    return state;
  }
}
