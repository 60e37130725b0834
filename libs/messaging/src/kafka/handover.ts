/**
 * Hands items from a giver to one taker, one at a time: `give` waits while the last item is still there,
 * so that a giver is never more than one item ahead.
 */
export class Handover<Item> {
  #item: { readonly value: Item } | undefined;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void)[] = [];

  /** Resolves once the item is put down, which is when the one before it has been taken. */
  async give(value: Item): Promise<void> {
    while (this.#item) await this.#change();
    this.#item = { value };
    this.#changed();
  }

  /** The next item; undefined once the signal is aborted. Throws what {@link fail} was given, after what is there. */
  async take(signal: AbortSignal): Promise<Item | undefined> {
    const wake = (): void => this.#changed();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        if (this.#item) return this.#takeOut();
        if (this.#failure) throw this.#failure.error;
        await this.#change();
      }
      return undefined;
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  /** Nothing will be given any more, because of this. The first reason counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#changed();
  }

  #takeOut(): Item | undefined {
    const value = this.#item?.value;
    this.#item = undefined;
    this.#changed();
    return value;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #changed(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
