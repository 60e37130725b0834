import { pipelineRunId } from '@harmony/analysis';
import { HarmonyError, type Eligibility, type Verdict } from '@harmony/contracts';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Conversation, ExtractionFacts } from '../conversations/conversation.js';
import { StartAnswered } from '../answer-definition/start-answered.js';
import { Conversations } from '../conversations/conversations.js';
import { decideRunFailure, decideStart } from '../domain/decide-run.js';
import type { Project } from '../domain/project.js';
import type { Judgement } from '../domain/attribute-filter.js';
import { JudgedCriteria, type OpenInquiry } from '../eligibility/judged-criteria.js';
import { Replies } from '../journal/replies.js';
import { projectsProjection } from '../projections/projects.projection.js';
import { InsightsStreams, type Decision } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { systemCause } from '../streams/system-cause.js';
import { PauseInsights } from '../usage/pause-insights.js';
import { asksAnalyst } from './asks-analyst.js';
import { AskCriterion, type Planning } from './ask-criterion.js';
import { cellsOf } from './cells-of.js';
import { planPayload, planRunJob, type PlanPayload } from './plan-run.js';

/**
 * Finds the projects that a conversation belongs into, and starts the run that answers their active definitions. A run
 * without anything to answer starts too, and is complete at once.
 */
@JobRunner()
@Injectable()
export class PlanRunJob implements JobDefinition<PlanPayload> {
  readonly name = planRunJob;
  readonly payload = planPayload;
  /** Over hours: a conversation that is planned by nobody stands still. */
  readonly attempts = 12;
  readonly timeLimitMs = 15 * 60_000;

  constructor(
    private readonly conversations: Conversations,
    private readonly insights: InsightsStreams,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly judgedCriteria: JudgedCriteria,
    private readonly askCriterion: AskCriterion,
    private readonly pauseInsights: PauseInsights,
    private readonly startAnswered: StartAnswered,
    private readonly replies: Replies,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A reply may come when everything of its conversation has been taken away already. */
  run(payload: PlanPayload, context: JobContext): Promise<void> {
    const { conversationId } = payload;
    const work = async (): Promise<void> => {
      const { state: insights } = await this.insights.load(conversationId);
      if (insights?.runs.has(pipelineRunId(payload.cause))) return;
      const { state: conversation, position } = await this.conversations.load(conversationId);
      if (!conversation || conversation.isDeleted || !conversation.extraction) return;
      if (position) await this.progress.waitFor(projectsProjection.name, position);
      await this.plan(payload, conversation, conversation.extraction, context);
    };
    return unlessDeleted(work, () => this.replies.forgetConversation(conversationId));
  }

  /** The conversation does not wait for a run that nobody can plan; whoever tries again asks for another one. */
  failed(payload: PlanPayload, error: unknown, context: JobContext): Promise<void> {
    const { conversationId, cause } = payload;
    const run = { conversationId, runId: pipelineRunId(cause), kind: 'PIPELINE' as const, revisionId: null };
    const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
    return unlessDeleted(async () => {
      await this.insights.append(conversationId, {
        ...{ cause: this.causeOf(payload, context), name: 'failed' },
        decide: (current) => decideRunFailure(current, { ...run, code }),
      });
    });
  }

  private async plan(
    payload: PlanPayload,
    conversation: Conversation,
    { transcriptVersion, extractionVersion }: ExtractionFacts,
    context: JobContext,
  ): Promise<void> {
    const { conversationId } = payload;
    const projects = await this.projectsOf(context.workspaceId);
    const { state: settings } = await this.settings.load(context.workspaceId);
    const runId = pipelineRunId(payload.cause);
    const cause = this.causeOf(payload, context);
    const planning: Planning = { runId, conversationId, cause, context, priority: 'live' };
    if (projects.some(asksAnalyst) && (await this.waits(payload, cause))) return;
    const eligibility: Eligibility[] = [];
    for (const project of projects) {
      // Looked at anew for each project: what was judged for the one before may answer this one too.
      const insights = this.insights.known(conversationId);
      const candidate = { conversation, transcriptVersion, settings, insights };
      const ask = (open: OpenInquiry): Promise<Judgement<Verdict>> => this.askCriterion.ask(planning, project.id, open);
      eligibility.push(await this.judgedCriteria.eligibility(candidate, project, ask));
    }
    const started = {
      ...{ conversationId, runId, kind: 'PIPELINE' as const, revisionId: null, transcriptVersion, extractionVersion },
      ...{ eligibility, cells: cellsOf(projects, eligibility) },
    };
    const start: Decision = { cause, name: 'started', decide: (current) => decideStart(current, started) };
    await this.startAnswered.start({ conversationId, runId }, start, context);
  }

  /** Those that are there, the first ones first. */
  private async projectsOf(workspaceId: string): Promise<Project[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      'select id from insights.projects where workspace_id = $1 order by created_at, id',
      [workspaceId],
    );
    const loaded = await Promise.all(rows.map(({ id }) => this.projects.load(id)));
    return loaded.flatMap(({ state }) => (state && !state.isDeleted ? [state] : []));
  }

  private waits(payload: PlanPayload, cause: Cause): Promise<boolean> {
    const { workspaceId, correlationId } = cause;
    const job = {
      name: planRunJob,
      key: payload.cause,
      workspaceId,
      correlationId,
      priority: 'live' as const,
      payload,
    };
    return this.pauseInsights.whileExhausted(job, cause);
  }

  private causeOf({ cause }: PlanPayload, context: JobContext): Cause {
    return systemCause(cause, context, this.clock);
  }
}
