import type { EventToAppend } from '@harmony/event-store';
import { WrongResult } from '../harness/bench.js';
import { eventMaker } from '../harness/events.js';

export const keys = 64;
export const partitions = 6;
export const publishers = 8;
export const groups = 3;

export interface Message {
  /** Order is kept within it; also the stream that an event belongs to. */
  readonly key: string;
  readonly event: EventToAppend;
}

/** Each publisher has keys of its own, so that the order within a key is known. */
const keyOf = (publisher: number, number: number): string =>
  `conversation-bus-${publisher + publishers * (number % (keys / publishers))}`;

export type MessageMaker = (publisher: number, key: number) => Message;

/** @returns a function that makes a new message of a publisher's key number so and so. */
export function messageMaker(seed: number): MessageMaker {
  const make = eventMaker(seed);
  let made = 0;
  return (publisher, key) => ({ key: keyOf(publisher, key), event: make(made++) });
}

interface Place {
  readonly key: string;
  readonly number: number;
}

/** What was published, in which order within each key. */
export class Ledger {
  readonly #places = new Map<string, Place>();
  readonly #published = new Map<string, number>();

  add({ key, event }: Message): void {
    const number = this.#published.get(key) ?? 0;
    this.#published.set(key, number + 1);
    this.#places.set(event.id, { key, number });
  }

  get size(): number {
    return this.#places.size;
  }

  /** For one consumer group, which must see everything once and in order. */
  tally(): Tally {
    return new Tally(this.#places);
  }
}

/** The effect of consuming: counts every message, and refuses one that comes twice, too early or too late. */
export class Tally {
  readonly #next = new Map<string, number>();
  #left: number;

  constructor(private readonly places: ReadonlyMap<string, Place>) {
    this.#left = places.size;
  }

  /** @throws WrongResult */
  take(id: string | undefined): void {
    const place = id === undefined ? undefined : this.places.get(id);
    if (!place) throw new WrongResult(`A message was consumed that nobody published: ${id}.`);
    const expected = this.#next.get(place.key) ?? 0;
    if (place.number !== expected)
      throw new WrongResult(`${place.key}: message ${place.number} was consumed instead of ${expected}.`);
    this.#next.set(place.key, expected + 1);
    this.#left -= 1;
  }

  get isComplete(): boolean {
    return this.#left === 0;
  }
}
