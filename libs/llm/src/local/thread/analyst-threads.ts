import { LRUCache } from 'lru-cache';
import { availableParallelism } from 'node:os';
import type { AnalysedConversation } from '../../port.js';
import { AnalystThread, type ThreadResult } from './analyst-thread.js';
import type { Asked } from './protocol.js';

/** Each has the language model in its memory, and what it read. */
const mostThreads = 4;
/** With as many questions a thread is not busy; with more, another one is started. */
const fewQuestions = 1;
/** More conversations than the threads keep what they read of. */
const rememberedConversations = 5_000;

/** @param wanted 0 for one for each processor */
export const threadCount = (wanted: number): number =>
  wanted > 0 ? wanted : Math.min(availableParallelism(), mostThreads);

/**
 * Threads of the local analyst, each started when those before it are busy. A conversation belongs to one of them: what
 * was read of it for one question need not be read again for the next.
 */
export class AnalystThreads {
  readonly #threads: readonly AnalystThread[];
  readonly #threadOf = new LRUCache<string, AnalystThread>({ max: rememberedConversations });

  /** @param start makes a thread that is one of so many */
  constructor(count: number, start: (count: number) => AnalystThread = (among) => new AnalystThread(among)) {
    this.#threads = Array.from({ length: count }, () => start(count));
  }

  /** @throws HarmonyError ANALYST_UNAVAILABLE when the thread dies; the reason of the signal */
  ask(asked: Asked, conversation: AnalysedConversation, signal: AbortSignal): Promise<ThreadResult> {
    const thread = this.#threadOf.get(conversation.key) ?? this.#leastBusy();
    this.#threadOf.set(conversation.key, thread);
    return thread.ask(asked, conversation, signal);
  }

  /** Ends all of them; usable again afterwards. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #leastBusy(): AnalystThread {
    const load = ({ isStarted, waiting }: AnalystThread): number => (isStarted ? waiting : fewQuestions);
    return this.#threads.reduce((least, thread) => (load(thread) < load(least) ? thread : least));
  }
}
