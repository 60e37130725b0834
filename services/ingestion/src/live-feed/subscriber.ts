import type { Principal } from '@harmony/access';

/** One listener: whose it is, what it wants, and what it has not been told yet. */
export class Subscriber {
  readonly #pending = new Set<string>();
  readonly #ended = new AbortController();
  #wake: () => void = () => undefined;

  constructor(
    readonly principal: Principal,
    /** Undefined: every conversation that the principal may see. */
    readonly conversationId: string | undefined,
  ) {}

  /** Aborted once nobody listens any more. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Changes of one conversation that were not told yet become one. */
  notify(workspaceId: string, conversationId: string): void {
    const isWanted = this.conversationId === undefined || this.conversationId === conversationId;
    if (workspaceId !== this.principal.workspaceId || !isWanted) return;
    this.#pending.add(conversationId);
    this.#wake();
  }

  /** Resolves to the conversations that changed since the last call; to none when the listening has ended. */
  async take(): Promise<string[]> {
    while (this.#pending.size === 0 && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const changed = [...this.#pending];
    this.#pending.clear();
    return this.signal.aborted ? [] : changed;
  }

  end(): void {
    this.#ended.abort();
    this.#wake();
  }
}
