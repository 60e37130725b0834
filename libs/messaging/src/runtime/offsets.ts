/** A message that was received and may be finished out of order. */
export interface Place {
  readonly partition: string;
  readonly offset: string;
  done: boolean;
}

/** The lowest contiguous offset of each partition: what may be committed without losing anything before it. */
export class Offsets {
  readonly #received = new Map<string, Place[]>();
  readonly #committable = new Map<string, string>();

  /** Called in the order of delivery. */
  receive(partition: string, offset: string): Place {
    const place = { partition, offset, done: false };
    const places = this.#received.get(partition);
    if (places) places.push(place);
    else this.#received.set(partition, [place]);
    return place;
  }

  finish(place: Place): void {
    place.done = true;
    const places = this.#received.get(place.partition) ?? [];
    const open = places.findIndex(({ done }) => !done);
    const finished = places.splice(0, open < 0 ? places.length : open).at(-1);
    if (finished) this.#committable.set(place.partition, finished.offset);
  }

  /** Whether an offset became committable since the last {@link take}. */
  get isCommittable(): boolean {
    return this.#committable.size > 0;
  }

  /** The offsets that became committable since the last call, by partition. */
  take(): [partition: string, offset: string][] {
    const taken = [...this.#committable];
    this.#committable.clear();
    return taken;
  }
}
