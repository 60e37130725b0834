import { isInScope, requirePermission, type Principal } from '@harmony/access';
import type { ProjectChange, ReportChange } from './report-change.js';

/** One reader of one report: what they may hear, and what they have not been told yet. */
export class ReportListener {
  readonly #conversations = new Set<string>();
  readonly #definitions = new Set<string>();
  readonly #ended = new AbortController();
  /** The first message says where the listening began. */
  #isNew = true;
  #isProjectChanged = false;
  #cursor: string;
  #wake: () => void = () => undefined;

  constructor(
    readonly principal: Principal,
    readonly projectId: string,
    cursor: string,
  ) {
    this.#cursor = cursor;
  }

  /** Aborted once nobody listens any more. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Keeps what this reader may hear of; changes that were not taken yet become one. */
  notify({ conversations, isProjectChanged }: ProjectChange, cursor: string): void {
    const scope = requirePermission(this.principal, 'conversations', 'read');
    for (const { conversationId, definitionIds, ownerships } of conversations) {
      const isReadable = ownerships.some((ownership) => isInScope(this.principal, scope, ownership));
      if (!isReadable && scope !== 'all') continue;
      this.#conversations.add(conversationId);
      for (const id of definitionIds) this.#definitions.add(id);
    }
    this.#isProjectChanged ||= isProjectChanged;
    this.#cursor = cursor;
    this.#wake();
  }

  /** Resolves to what changed since the last call; to undefined when the listening has ended. */
  async take(): Promise<ReportChange | undefined> {
    while (this.isQuiet && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.signal.aborted) return undefined;
    const change: ReportChange = {
      projectId: this.projectId,
      cursor: this.#cursor,
      conversationCount: this.#conversations.size,
      definitionIds: [...this.#definitions].sort(),
      isProjectChanged: this.#isProjectChanged,
    };
    this.#conversations.clear();
    this.#definitions.clear();
    this.#isProjectChanged = false;
    this.#isNew = false;
    return change;
  }

  end(): void {
    this.#ended.abort();
    this.#wake();
  }

  private get isQuiet(): boolean {
    return !this.#isNew && this.#conversations.size === 0 && !this.#isProjectChanged;
  }
}
