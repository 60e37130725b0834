import { HarmonyError } from '@harmony/contracts';
import { LRUCache } from 'lru-cache';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AnalysedConversation, AnalystAnswer, AnalystExtraction } from '../../port.js';
import { keptConversations, type Asked, type ThreadReply, type ThreadSettings } from './protocol.js';

/** From sources and from the build alike: the thread runs what was built. */
const builtThread = fileURLToPath(new URL('../../../dist/local/thread/main.js', import.meta.url));

/**
 * Twice what Node takes by itself. What is read of a conversation lives as long as its questions: with less room it is
 * copied again and again before it is forgotten, which takes a fifteenth of a thread's time.
 */
const maxYoungGenerationSizeMb = 96;

export type ThreadResult = AnalystAnswer | AnalystExtraction;

interface Waiting {
  readonly resolve: (reply: ThreadReply) => void;
  readonly reject: (error: unknown) => void;
}

/** The local analyst in a thread of its own, started when it is first asked and again after it died. */
export class AnalystThread {
  #worker: Worker | undefined;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();
  readonly #sent = new LRUCache<string, true>({ max: keptConversations });

  /** @param among so many threads, which share what one analyst may keep in memory */
  constructor(
    private readonly among = 1,
    private readonly program: string = builtThread,
  ) {}

  get isStarted(): boolean {
    return this.#worker !== undefined;
  }

  /** How many wait for an answer. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** @throws HarmonyError ANALYST_UNAVAILABLE when the thread dies; the reason of the signal */
  async ask(asked: Asked, conversation: AnalysedConversation, signal: AbortSignal): Promise<ThreadResult> {
    const isKnown = this.#sent.has(conversation.key);
    const first = await this.#send(asked, conversation, isKnown, signal);
    const reply =
      first.outcome === 'UNKNOWN_CONVERSATION' ? await this.#send(asked, conversation, false, signal) : first;
    if (reply.outcome === 'DONE') return reply.result;
    throw new Error(reply.outcome === 'FAILED' ? reply.message : 'The thread forgot what it was sent.');
  }

  /** Ends the thread; what still waits is told so. Usable again afterwards. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#ended(worker, 'it was stopped');
    await worker?.terminate();
  }

  async #send(
    asked: Asked,
    conversation: AnalysedConversation,
    isKnown: boolean,
    signal: AbortSignal,
  ): Promise<ThreadReply> {
    signal.throwIfAborted();
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const { key } = conversation;
    const reply = new Promise<ThreadReply>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const stop = (): void => {
      worker.postMessage({ id, asked: { kind: 'ABORT' } });
      this.#settle(id)?.reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      // Whoever waits for an answer keeps the program alive; an idle thread does not.
      worker.ref();
      worker.postMessage({ id, asked, key, conversation: isKnown ? undefined : conversation });
      this.#sent.set(key, true);
      return await reply;
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#waiting.size === 0) worker.unref();
    }
  }

  #start(): Worker {
    const workerData: ThreadSettings = { among: this.among };
    // Nothing of the service's settings, secrets among them, is the thread's business.
    const worker = new Worker(this.program, {
      ...{ env: {}, execArgv: [], name: 'local analyst', workerData },
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    worker.on('message', (reply: ThreadReply) => this.#settle(reply.id)?.resolve(reply));
    worker.on('error', ({ message }) => this.#ended(worker, message));
    worker.on('exit', (code) => this.#ended(worker, `it ended with ${code}`));
    return worker;
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #ended(worker: Worker | undefined, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#sent.clear();
    const detail = `The thread of the local analyst is gone: ${why}.`;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new HarmonyError('ANALYST_UNAVAILABLE', { detail }));
  }
}
