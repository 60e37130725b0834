import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import type { Analyst, AnalystAnswer, AnalystExtraction, ExtractionRequest, QuestionRequest } from '../../port.js';
import { originOf } from '../origin.js';
import { AnalystThreads, threadCount } from './analyst-threads.js';

/** For all that ask in this process: what one of them has had read, the others need not have read again. */
let shared: { readonly threads: AnalystThreads; users: number } | undefined;

/** Asks the local analyst in threads of its own, so that long reading holds nobody else up. */
export class ThreadedAnalyst implements Analyst {
  readonly #threads: AnalystThreads;
  #isOpen = true;

  /** @param threads 0 for one for each processor; the first one that is open in a process says for all */
  constructor(threads = 0) {
    shared ??= { threads: new AnalystThreads(threadCount(threads)), users: 0 };
    shared.users += 1;
    this.#threads = shared.threads;
  }

  originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin {
    return originOf(type);
  }

  async answer({ conversation, background, question, signal }: QuestionRequest): Promise<AnalystAnswer> {
    const asked = { kind: 'ANSWER', question, background } as const;
    return (await this.#threads.ask(asked, conversation, signal)) as AnalystAnswer;
  }

  async extract({ conversation, background, signal }: ExtractionRequest): Promise<AnalystExtraction> {
    return (await this.#threads.ask({ kind: 'EXTRACT', background }, conversation, signal)) as AnalystExtraction;
  }

  /** The last one to leave ends the threads. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (!shared || --shared.users > 0) return;
    shared = undefined;
    await this.#threads.close();
  }
}
