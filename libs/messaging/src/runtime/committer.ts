import type { Feed } from '../port.js';
import { Offsets, type Place } from './offsets.js';
import { pause } from './pause.js';
import { GivenUp, isConflict, type Persistence } from './persistence.js';

/** Commits what is contiguous, one commit at a time and not more often than asked. */
export class Committer {
  readonly #offsets = new Offsets();
  #running: Promise<void> | undefined;

  constructor(
    private readonly feed: Feed,
    private readonly everyMs: number,
    private readonly persistence: Persistence,
    private readonly stopping: AbortSignal,
    private readonly failed: (error: unknown) => void,
  ) {}

  receive(partition: string, offset: string): Place {
    return this.#offsets.receive(partition, offset);
  }

  finish(place: Place): void {
    this.#offsets.finish(place);
    this.#running ??= this.#commitLater().finally(() => (this.#running = undefined));
  }

  /** Resolves when everything that could be committed is. */
  async flush(): Promise<void> {
    await this.#running;
    await this.#commitAll();
  }

  async #commitLater(): Promise<void> {
    await pause(this.everyMs, this.stopping);
    await this.#commitAll();
  }

  async #commitAll(): Promise<void> {
    try {
      for (let offsets = this.#offsets.take(); offsets.length > 0; offsets = this.#offsets.take()) {
        for (const [partition, offset] of offsets) await this.#commit(partition, offset);
        if (!this.stopping.aborted) await pause(this.everyMs, this.stopping);
      }
    } catch (error) {
      if (!(error instanceof GivenUp)) this.failed(error);
    }
  }

  #commit(partition: string, offset: string): Promise<void> {
    return this.persistence.insist('commit', () => this.feed.commit(partition, offset), isConflict);
  }
}
