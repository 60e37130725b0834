import type { AnalystOrigin, InsightType } from '@harmony/contracts';
import { answerWithEvidence, type Analyst, type CallPriority, type ReplyJournal } from '@harmony/llm';
import { ANALYST } from '@harmony/llm/service';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordedAnswer } from '../domain/decide-run.js';
import { noteDuration } from './duration-of.js';
import { identityOf, type Identified, type Inquiry } from './inquiry.js';

export interface AskOptions {
  readonly signal: AbortSignal;
  /** Absent: what was paid for is kept nowhere. */
  readonly journal?: ReplyJournal;
  /** Absent: `live`. */
  readonly priority?: CallPriority;
}

/** Asks the analyst of this installation. */
@Injectable()
export class AskAnalyst {
  constructor(@Inject(ANALYST) private readonly analyst: Analyst) {}

  originOf(type: InsightType): AnalystOrigin {
    return this.analyst.originOf(type);
  }

  identityOf(inquiry: Inquiry): Identified {
    return identityOf(inquiry, this.originOf(inquiry.question.type));
  }

  /** Whether questions cost anything; the local analyst's do not. */
  get isMetered(): boolean {
    return this.originOf('SUMMARY').engine !== 'local';
  }

  /**
   * @throws HarmonyError as `answerWithEvidence` does; what was spent is in `facts.usage`, and `durationOf` tells how long
   *   it took.
   */
  async ask(inquiry: Inquiry, options: AskOptions): Promise<RecordedAnswer> {
    const { question, background, conversation } = inquiry;
    const startedAt = performance.now();
    const took = (): number => Math.round(performance.now() - startedAt);
    try {
      const request = { question, background, conversation, ...options };
      const { finding, usage } = await answerWithEvidence(this.analyst, request);
      const origin = this.originOf(question.type);
      return { ...identityOf(inquiry, origin), finding, origin, usage, durationMs: took() };
    } catch (error) {
      noteDuration(error, took());
      throw error;
    }
  }
}
