import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import type { Analyst, AnalystAnswer, AnalystExtraction, ExtractionRequest, QuestionRequest } from '../../port.js';
import { originOf } from '../origin.js';
import { AnalystThread } from './analyst-thread.js';

/** One thread for all that ask in this process: what one of them has had read, the others need not have read again. */
const shared = { thread: new AnalystThread(), users: 0 };

/** Asks the local analyst in a thread of its own, so that long reading holds nobody else up. */
export class ThreadedAnalyst implements Analyst {
  #isOpen = true;

  constructor() {
    shared.users += 1;
  }

  originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin {
    return originOf(type);
  }

  async answer({ conversation, background, question, signal }: QuestionRequest): Promise<AnalystAnswer> {
    const asked = { kind: 'ANSWER', question, background } as const;
    return (await shared.thread.ask(asked, conversation, signal)) as AnalystAnswer;
  }

  async extract({ conversation, background, signal }: ExtractionRequest): Promise<AnalystExtraction> {
    return (await shared.thread.ask({ kind: 'EXTRACT', background }, conversation, signal)) as AnalystExtraction;
  }

  /** The last one to leave ends the thread. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    shared.users -= 1;
    if (shared.users === 0) await shared.thread.close();
  }
}
