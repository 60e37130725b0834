import type { Eligibility, Finding, Verdict } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { inquiryOf, type Inquiry, type Knowledge } from '../analyst/inquiry.js';
import { conversationFacts } from '../conversations/conversation-facts.js';
import type { Conversation } from '../conversations/conversation.js';
import type { Judgement } from '../domain/attribute-filter.js';
import { eligibilityOf, judgementOf, type OpenCriterion } from '../domain/eligibility.js';
import type { Insights } from '../domain/insights.js';
import type { Project } from '../domain/project.js';

/** A conversation that may belong into a project. */
export interface Candidate {
  readonly conversation: Conversation;
  readonly transcriptVersion: number;
  readonly settings: Knowledge['settings'];
  readonly insights: Insights | undefined;
}

/** A criterion that nobody has judged yet, as it is put to the analyst. */
export interface OpenInquiry {
  readonly open: OpenCriterion;
  readonly inquiry: Inquiry;
}

/** Why a conversation is in a project or out of it, as far as facts and the log tell. */
@Injectable()
export class JudgedCriteria {
  constructor(private readonly analyst: AskAnalyst) {}

  /** Asks `ask` what the log does not tell; where it says undefined, the criterion stays as it is: not judged. */
  async eligibility(
    candidate: Candidate,
    project: Project,
    ask: (open: OpenInquiry) => Promise<Judgement<Verdict> | undefined>,
  ): Promise<Eligibility> {
    const facts = conversationFacts(candidate.conversation);
    const judgements = new Map<string, Judgement<Verdict>>();
    for (;;) {
      const { eligibility, next } = eligibilityOf(project, facts, judgements);
      if (!next) return eligibility;
      const inquiry = this.inquiryOf(candidate, project, next);
      const known = this.findingOf(candidate.insights, inquiry);
      const judgement = known ? judgementOf(next.criterion, known) : await ask({ open: next, inquiry });
      if (!judgement) return eligibility;
      judgements.set(next.criterionId, judgement);
    }
  }

  private inquiryOf(
    { conversation, transcriptVersion, settings }: Candidate,
    project: Project,
    { question, context }: OpenCriterion,
  ): Inquiry {
    const asked = { question, context, usesKnowledge: true };
    return inquiryOf(asked, { project, settings }, conversation, transcriptVersion);
  }

  /** What was said before about the same question, by whichever project. */
  private findingOf(insights: Insights | undefined, inquiry: Inquiry): Finding | undefined {
    const { identity } = this.analyst.identityOf(inquiry);
    return (
      insights?.criteria.findLast((one) => one.identity === identity && one.finding !== null)?.finding ?? undefined
    );
  }
}
