import type { Inbox } from '../inbox/inbox.js';
import type { Feed } from '../port.js';
import { Offsets, type Place } from './offsets.js';
import { GivenUp, type Persistence } from './persistence.js';

/** Events handled and not yet marked as such: so many do not wait for the next round, and so many hold the intake up. */
const unmarkedLimits = { hurry: 2_000, wait: 10_000 };

interface Parts {
  readonly feed: Feed;
  readonly inbox: Inbox;
  readonly everyMs: number;
  readonly persistence: Persistence;
  readonly stopping: AbortSignal;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes down what is done, in rounds: first the marks of all events that were handled since the last round, in one
 * statement, then the offsets up to which everything is finished. So what is committed is always marked.
 */
export class Committer {
  readonly #offsets = new Offsets();
  readonly #unmarked = new Set<string>();
  #running: Promise<void> | undefined;
  #goOn: (() => void) | undefined;

  constructor(private readonly parts: Parts) {
    parts.stopping.addEventListener('abort', () => this.#goOn?.(), { once: true });
  }

  receive(partition: string, offset: string): Place {
    return this.#offsets.receive(partition, offset);
  }

  /** @param eventId of an event that was handled and is to be marked; absent where there is nothing to mark. */
  finish(place: Place, eventId?: string): void {
    this.#offsets.finish(place);
    if (eventId !== undefined) this.#unmarked.add(eventId);
    if (this.#isOutstanding) this.#running ??= this.#rounds();
    if (this.#unmarked.size === unmarkedLimits.hurry) this.#goOn?.();
  }

  /** True for an event that was handled while its mark is on its way. */
  willMark(eventId: string): boolean {
    return this.#unmarked.has(eventId);
  }

  /** Waits while the marks of too many events are outstanding, as when the database does not answer. */
  async room(): Promise<void> {
    if (this.#unmarked.size >= unmarkedLimits.wait) await this.#running;
  }

  /** Resolves when everything that can be written down is. */
  async flush(): Promise<void> {
    await this.#running;
    await this.#round();
  }

  async #rounds(): Promise<void> {
    let working = true;
    while (working && this.#isOutstanding) {
      await this.#untilDue();
      working = await this.#round();
    }
    this.#running = undefined;
  }

  get #isOutstanding(): boolean {
    return this.#unmarked.size > 0 || this.#offsets.isCommittable;
  }

  async #untilDue(): Promise<void> {
    if (this.parts.stopping.aborted || this.#unmarked.size >= unmarkedLimits.hurry) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      timer = setTimeout(resolve, this.parts.everyMs);
    });
    clearTimeout(timer);
  }

  /** False when it cannot be done any more. */
  async #round(): Promise<boolean> {
    const offsets = this.#offsets.take();
    const events = [...this.#unmarked];
    try {
      if (events.length > 0) await this.#mark(events);
      for (const [partition, offset] of offsets) await this.#commit(partition, offset);
      return true;
    } catch (error) {
      if (!(error instanceof GivenUp)) this.parts.failed(error);
      return false;
    }
  }

  async #mark(events: readonly string[]): Promise<void> {
    await this.parts.persistence.insist('inbox', () => this.parts.inbox.mark(events));
    for (const event of events) this.#unmarked.delete(event);
  }

  #commit(partition: string, offset: string): Promise<void> {
    return this.parts.persistence.insist('commit', () => this.parts.feed.commit(partition, offset));
  }
}
