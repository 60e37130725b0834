import { causeOf, requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { analystView, answerView } from '@harmony/api';
import {
  addUsage,
  errorKind,
  HarmonyError,
  noUsage,
  type ErrorCode,
  type Question,
  type Usage,
} from '@harmony/contracts';
import { derivedId, fact, type Clock } from '@harmony/kernel';
import { usageOf } from '@harmony/llm';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { inquiryOf, type Inquiry, type Knowledge } from '../analyst/inquiry.js';
import { Conversations } from '../conversations/conversations.js';
import { InsightsQueries } from '../read-model/insights-queries.js';
import type { ResultView } from '../read-model/insights-view.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { Settings } from '../streams/projects.js';
import { Budget } from '../usage/budget.js';

export interface Trial {
  /** Of whom language and knowledge are; null for a project that does not exist yet. */
  readonly projectId: string | null;
  readonly question: Question;
  readonly context: string;
  readonly usesKnowledge: boolean;
  readonly conversationIds: readonly string[];
}

export type TrialResultView = Omit<
  ResultView,
  | 'definitionId'
  | 'definitionVersion'
  | 'title'
  | 'type'
  | 'question'
  | 'identity'
  | 'carriedOverFromRunId'
  | 'settledAt'
> & { readonly conversationId: string };

const maximumConversations = 5;
const timeLimitMs = 120_000;
const fallbackLanguage = 'en';

/** Answers a question about a few conversations and keeps none of the answers, only what they cost. */
@Injectable()
export class TryDefinition {
  constructor(
    private readonly analyst: AskAnalyst,
    private readonly conversations: Conversations,
    private readonly readable: InsightsQueries,
    private readonly projects: ProjectQueries,
    private readonly settings: Settings,
    private readonly analysis: AnalysisStreams,
    private readonly budget: Budget,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the order of the conversations. One that cannot be answered fails alone.
   * @throws HarmonyError TRIAL_LIMIT, FORBIDDEN, NOT_FOUND, UNKNOWN_PROJECT, EXTRACTION_NOT_READY before there is a
   *   transcript, INSIGHT_BUDGET_EXHAUSTED
   */
  async execute(request: RequestContext, trial: Trial): Promise<TrialResultView[]> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'projects', 'execute');
    const ids = [...new Set(trial.conversationIds.map((id) => id.toLowerCase()))];
    if (ids.length === 0 || ids.length > maximumConversations) throw new HarmonyError('TRIAL_LIMIT');
    await this.readable.requireReadable(principal, ids);
    const { state: settings } = await this.settings.load(principal.workspaceId);
    const project = trial.projectId
      ? await this.projects.byId(principal, trial.projectId)
      : { language: fallbackLanguage, knowledge: '' };
    const inquiries = await Promise.all(ids.map((id) => this.inquiry(id, trial, { project, settings })));
    if (this.analyst.isMetered && (await this.budget.exhausted(principal.workspaceId))) {
      throw new HarmonyError('INSIGHT_BUDGET_EXHAUSTED');
    }
    const signal = AbortSignal.timeout(timeLimitMs);
    const results = await Promise.all(
      inquiries.map(async (inquiry, index) => this.result(ids[index] ?? '', inquiry, signal)),
    );
    await this.record(request, trial, results);
    return results;
  }

  private async inquiry(conversationId: string, trial: Trial, knowledge: Knowledge): Promise<Inquiry> {
    const { state: conversation } = await this.conversations.load(conversationId);
    const latest = [...(conversation?.transcripts.keys() ?? [])].at(-1);
    if (!conversation || latest === undefined) throw new HarmonyError('EXTRACTION_NOT_READY');
    return inquiryOf(trial, knowledge, conversation, latest);
  }

  private async result(conversationId: string, inquiry: Inquiry, signal: AbortSignal): Promise<TrialResultView> {
    try {
      const { finding, origin, usage, durationMs } = await this.analyst.ask(inquiry, { signal });
      const { outcome, rationale, confidence, evidence, searched } = finding;
      const answer = finding.outcome === 'ANSWERED' ? answerView(finding.answer) : null;
      const found = { outcome, failureCode: null, answer, rationale, confidence, evidence, searched };
      return { conversationId, ...found, analyst: analystView(origin), usage, durationMs };
    } catch (error) {
      if (errorKind(error) === 'bug' && !signal.aborted) throw error;
      const failureCode: ErrorCode = error instanceof HarmonyError ? error.code : 'ANALYST_TIME_LIMIT';
      const nothing = { answer: null, rationale: null, confidence: null, evidence: [], searched: [] };
      const analyst = analystView(this.analyst.originOf(inquiry.question.type));
      const usage = usageOf(error);
      return { conversationId, outcome: 'FAILED', failureCode, ...nothing, analyst, usage, durationMs: null };
    }
  }

  private async record(
    request: RequestContext,
    { projectId }: Trial,
    results: readonly TrialResultView[],
  ): Promise<void> {
    const usage = results.reduce<Usage>((sum, result) => addUsage(sum, result.usage ?? noUsage), noUsage);
    const cause = causeOf(request, this.clock);
    const trialId = derivedId(request.commandId, 'trial');
    const tried = fact('DefinitionTried', { trialId, projectId, conversations: results.length, usage });
    const appended = await this.analysis.change(cause.workspaceId, cause, { decision: 'tried' }, () => [tried]);
    this.budget.spent(cause.workspaceId, appended?.position);
  }
}
