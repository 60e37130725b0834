/**
 * Gathers commits while one is on its way, so that a busy consumer asks the broker once for many partitions.
 * Offsets of a partition only grow.
 */
export class CommitQueue {
  #waiting = new Map<string, string>();
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(private readonly send: (offsets: ReadonlyMap<string, string>) => Promise<void>) {}

  /** Resolves when the broker has this offset or a later one; rejects when that commit failed. */
  add(partition: string, offset: string): Promise<void> {
    const waiting = this.#waiting.get(partition);
    if (waiting === undefined || BigInt(offset) > BigInt(waiting)) this.#waiting.set(partition, offset);
    this.#next ??= this.#flushAfter(this.#current);
    return this.#next;
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#current, this.#next]);
  }

  async #flushAfter(current: Promise<void>): Promise<void> {
    await current.catch(() => undefined);
    const offsets = this.#waiting;
    this.#waiting = new Map();
    this.#current = this.send(offsets);
    this.#next = undefined;
    await this.#current;
  }
}
