import type { Finding, Verdict } from '@harmony/contracts';
import type { Cause } from '@harmony/kernel';
import { usageOf, type CallPriority } from '@harmony/llm';
import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { durationOf } from '../analyst/duration-of.js';
import { isUnanswered } from '../analyst/is-unanswered.js';
import type { Judgement } from '../domain/attribute-filter.js';
import { decideJudged, type RecordedAnswer } from '../domain/decide-run.js';
import { judgementOf } from '../domain/eligibility.js';
import type { OpenInquiry } from '../eligibility/judged-criteria.js';
import { Replies } from '../journal/replies.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Budget } from '../usage/budget.js';

/** The run that is being planned. */
export interface Planning {
  readonly runId: string;
  readonly conversationId: string;
  readonly cause: Cause;
  readonly context: JobContext;
  readonly priority: CallPriority;
}

type Answer = Omit<RecordedAnswer, 'finding' | 'inputs'> & { readonly finding: Finding | null };

/** Asks the analyst about a criterion, and records what it says. */
@Injectable()
export class AskCriterion {
  constructor(
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly budget: Budget,
  ) {}

  async ask(planning: Planning, projectId: string, asked: OpenInquiry): Promise<Judgement<Verdict>> {
    const { conversationId, runId } = planning;
    const owner = { conversationId, subject: `${runId}/${asked.open.criterionId}` };
    const journal = this.replies.journalOf(owner);
    const { priority, context } = planning;
    const answer = await this.answer(planning, asked, { signal: context.signal, journal, priority });
    const judgement = judgementOf(asked.open.criterion, answer.finding);
    await this.record(planning, projectId, asked, { ...answer, verdict: judgement.verdict });
    if (this.analyst.isMetered) await this.replies.forget(owner);
    return judgement;
  }

  /** One criterion that cannot be answered keeps no conversation from its other projects. */
  private async answer(
    { context }: Planning,
    { inquiry }: OpenInquiry,
    options: Parameters<AskAnalyst['ask']>[1],
  ): Promise<Answer> {
    try {
      const { inputs: _, ...answer } = await this.analyst.ask(inquiry, options);
      return answer;
    } catch (error) {
      if (!isUnanswered(error, context)) throw error;
      const { identity } = this.analyst.identityOf(inquiry);
      const origin = this.analyst.originOf(inquiry.question.type);
      return { identity, origin, usage: usageOf(error), durationMs: durationOf(error), finding: null };
    }
  }

  private async record(
    { conversationId, runId, cause }: Planning,
    projectId: string,
    { open: { criterionId, criterionVersion } }: OpenInquiry,
    answer: Answer & { readonly verdict: Verdict },
  ): Promise<void> {
    const judged = { conversationId, runId, projectId, criterionId, criterionVersion, ...answer };
    const appended = await this.insights.append(conversationId, {
      ...{ cause, name: `criterion/${criterionId}` },
      decide: (current) => decideJudged(current, judged),
    });
    this.budget.spent(cause.workspaceId, appended?.position);
  }
}
