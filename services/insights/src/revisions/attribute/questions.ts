import { addUsage, HarmonyError, noUsage, type Finding } from '@harmony/contracts';
import { usageOf, type ReplyJournal } from '@harmony/llm';
import type { JobContext } from '@harmony/messaging';
import type { AskAnalyst } from '../../analyst/ask-analyst.js';
import { durationOf, noteDuration } from '../../analyst/duration-of.js';
import type { Inquiry } from '../../analyst/inquiry.js';
import { isUnanswered } from '../../analyst/is-unanswered.js';

/** Asks one question after the other, and adds up what they take. */
export class Questions {
  usage = noUsage;
  durationMs = 0;

  constructor(
    private readonly analyst: Pick<AskAnalyst, 'ask'>,
    private readonly journal: ReplyJournal,
    private readonly context: JobContext,
  ) {}

  /**
   * Null where it stays without an answer.
   * @throws HarmonyError of a question that is to be asked again; `facts.usage` is what all questions took so far
   */
  async ask(inquiry: Inquiry): Promise<Finding | null> {
    try {
      const options = { signal: this.context.signal, journal: this.journal, priority: 'revision' } as const;
      const { finding, usage, durationMs } = await this.analyst.ask(inquiry, options);
      this.usage = addUsage(this.usage, usage);
      this.durationMs += durationMs;
      return finding;
    } catch (error) {
      this.usage = addUsage(this.usage, usageOf(error));
      this.durationMs += durationOf(error);
      if (!isUnanswered(error, this.context)) throw this.failure(error);
      return null;
    }
  }

  /** Whoever gives up for good has nothing else to know from what all of it took. */
  private failure(error: unknown): HarmonyError {
    const failure = this.withUsage(error);
    noteDuration(failure, this.durationMs);
    return failure;
  }

  private withUsage(error: unknown): HarmonyError {
    const { usage, context } = this;
    if (error instanceof HarmonyError) {
      const { code, message, errors, facts, retryAfterSeconds } = error;
      const waiting = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
      return new HarmonyError(code, { detail: message, errors, facts: { ...facts, usage }, cause: error, ...waiting });
    }
    return new HarmonyError(context.signal.aborted ? 'TIMED_OUT' : 'INTERNAL', { facts: { usage }, cause: error });
  }
}
