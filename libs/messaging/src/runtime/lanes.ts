type Task = () => Promise<void>;

/** Order within a key: tasks of one key run one after another, tasks of different keys side by side. */
export class Lanes {
  /** The running task of each key, and those that wait behind it. */
  readonly #lanes = new Map<string, Task[]>();
  readonly #onIdle: (() => void)[] = [];

  /** Runs the task after all earlier ones of its key, or now if there are none. The task must not reject. */
  add(key: string, task: Task): void {
    const lane = this.#lanes.get(key);
    if (lane) lane.push(task);
    else void this.#work(key, task);
  }

  /** The same; resolves when the task has ended. */
  run(key: string, task: Task): Promise<void> {
    return new Promise((resolve) => this.add(key, () => task().then(resolve)));
  }

  /** Resolves when no task is left. */
  async idle(): Promise<void> {
    if (this.#lanes.size > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  async #work(key: string, first: Task): Promise<void> {
    const lane: Task[] = [];
    this.#lanes.set(key, lane);
    for (let task: Task | undefined = first; task; task = lane.shift()) await task();
    this.#lanes.delete(key);
    if (this.#lanes.size === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
