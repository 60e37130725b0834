/** Order within a key: tasks of one key run one after another, tasks of different keys side by side. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs the task after all earlier ones of its key. The task must not reject. */
  run(key: string, task: () => Promise<void>): Promise<void> {
    const tail = (this.#tails.get(key) ?? Promise.resolve()).then(task);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return tail;
  }

  /** Resolves when every task that was given so far has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#tails.values());
  }
}
