import { revisionRunId } from '@harmony/analysis';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { questionOf } from '../../domain/eligibility.js';
import { activeDefinitions } from '../../domain/project.js';
import { resultsProjection } from '../../projections/results.projection.js';
import { Projects, Settings } from '../../streams/projects.js';
import { systemCause } from '../../streams/system-cause.js';
import { workerReads, type Reads } from '../reads.js';
import { NoiseSample } from './noise-sample.js';
import { partOfRevision } from './part-of-revision.js';
import type { ConversationPlan } from './plan-conversation.js';
import { planRevisionJob, planRevisionPayload, type PlanRevisionPayload } from './plan-revision.js';
import { PlanTally } from './plan-tally.js';
import { PlanWriter, type PlanPlace } from './plan-writer.js';
import { Planner, type AskedBy } from './planner.js';
import { RevisionStreams, type RequestedRevision } from './revision-streams.js';
import { retriedConversations, retryPlan, type Retried } from './retried-conversations.js';
import { noPlan, RevisionPlanStreams, type RevisionPlan } from './revision-plan-streams.js';

/** What an attempt does, and what all of it comes to. */
interface Intended {
  readonly conversations: readonly Retried[];
  readonly tally: PlanTally;
  /** Unchanged cells that it asks again. */
  readonly repeated: number;
}

/**
 * Freezes what a revision covers: conversation by conversation, with what is asked of each, in events that execution
 * follows. What was written before an interruption stays, and the rest comes behind it.
 */
@JobRunner()
@Injectable()
export class PlanRevisionJob implements JobDefinition<PlanRevisionPayload> {
  readonly name = planRevisionJob;
  readonly payload = planRevisionPayload;
  /** Over some minutes: somebody waits for it. */
  readonly attempts = 6;
  readonly timeLimitMs = 30 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly planner: Planner,
    private readonly writer: PlanWriter,
    private readonly requested: RevisionStreams,
    private readonly plans: RevisionPlanStreams,
    private readonly projects: Projects,
    private readonly settings: Settings,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(payload: PlanRevisionPayload, context: JobContext): Promise<void> {
    const { revisionId, projectId, attempt } = payload;
    const { state, position } = await this.requested.load(projectId);
    const revision = state?.get(revisionId);
    const { state: plan = noPlan, revision: writtenTo } = await this.plans.load(revisionId);
    if (!revision || revision.isCancelled || plan.complete.has(attempt)) return;
    if (position) await this.progress.waitFor(resultsProjection.name, position);
    const askedBy = await this.askedBy(revision, context);
    const reads = workerReads(this.pool, context.workspaceId);
    const { conversations, tally, repeated } = await this.intended(reads, revision, askedBy, { plan, attempt });
    const figures = await this.planner.figures(reads, askedBy.project, tally, repeated);
    const planned = conversations.map((one) => ({
      ...one,
      runId: revisionRunId(revisionId, one.conversationId, attempt),
    }));
    const place = this.place(payload, revision, writtenTo, context);
    await this.writer.write(place, { conversations: planned, before: plan.conversations }, figures);
  }

  async failed(payload: PlanRevisionPayload, error: unknown, context: JobContext): Promise<void> {
    const { state } = await this.requested.load(payload.projectId);
    const revision = state?.get(payload.revisionId);
    const { state: plan = noPlan, revision: writtenTo } = await this.plans.load(payload.revisionId);
    if (!revision || plan.complete.has(payload.attempt)) return;
    await this.writer.fail(this.place(payload, revision, writtenTo, context), error);
  }

  private async intended(
    reads: Reads,
    revision: RequestedRevision,
    { project, settings }: AskedBy,
    { plan, attempt }: { readonly plan: RevisionPlan; readonly attempt: number },
  ): Promise<Intended> {
    const { request } = revision;
    const definitionIds = activeDefinitions(project).map(({ id }) => id);
    const failed = attempt > 1 ? await retriedConversations(reads, plan, attempt) : [];
    const retried = failed.map((one) => one.retried);
    if (plan.complete.size > 0) {
      const tally = new PlanTally(definitionIds);
      for (const one of failed) tally.add(retryPlan(one, definitionIds, judgedCriteria(project)));
      return { conversations: retried, tally, repeated: repeatedIn(retried) };
    }
    const written = repeatedIn([...plan.conversations.values()]);
    const sample = new NoiseSample(request.revisionId, (request.input?.noiseSample ?? 0) - written);
    const plans: ConversationPlan[] = [];
    const keep = (one: ConversationPlan): void => {
      if (plan.conversations.has(one.conversationId)) return;
      sample.add(one);
      plans.push(one);
    };
    const tally = request.input
      ? await this.planner.plan(reads, { project, settings }, request.input, keep)
      : await this.part(reads, request, keep);
    for (const { conversationId, stage } of plan.conversations.values()) tally.addMissing(conversationId, stage);
    const drawn = sample.definitions;
    const fresh = plans.map((one) => entryOf(one, drawn));
    return { conversations: [...fresh, ...retried], tally, repeated: written + repeatedIn(fresh) };
  }

  private async part(
    reads: Reads,
    { projectId, part }: RequestedRevision['request'],
    each: (plan: ConversationPlan) => void,
  ): Promise<PlanTally> {
    const tally = new PlanTally(part?.definitionIds ?? []);
    if (!part) return tally;
    const { state: whole = noPlan } = await this.plans.load(part.ofRevisionId);
    for (const plan of await partOfRevision(reads, projectId, part, [...whole.conversations.keys()])) {
      tally.add(plan);
      each(plan);
    }
    return tally;
  }

  private async askedBy({ request }: RequestedRevision, { workspaceId }: JobContext): Promise<AskedBy> {
    const project = await this.projects.at(request.projectId, request.projectRevision);
    if (!project) throw new HarmonyError('UNKNOWN_PROJECT');
    return { project, settings: await this.settings.at(workspaceId, request.analysisRevision) };
  }

  private place(
    { revisionId, projectId, attempt }: PlanRevisionPayload,
    { cause: causationId }: RequestedRevision,
    revision: number,
    context: JobContext,
  ): PlanPlace {
    const cause = systemCause(causationId, context, this.clock);
    return { revisionId, projectId, attempt, cause, revision, signal: context.signal };
  }
}

const judgedCriteria = ({ criteria }: AskedBy['project']): string[] =>
  [...criteria].flatMap(([id, { criterion }]) => (questionOf(criterion) ? [id] : []));

const entryOf = (
  { conversationId, stage, cells }: ConversationPlan,
  repeated: ReadonlyMap<string, readonly string[]>,
): Retried => ({
  ...{ conversationId, stage },
  asked: cells.flatMap(({ definitionId, decision }) =>
    decision === 'RERUN' || decision === 'NEW' ? [definitionId] : [],
  ),
  repeated: [...(repeated.get(conversationId) ?? [])],
});

const repeatedIn = (conversations: readonly Pick<Retried, 'repeated'>[]): number =>
  conversations.reduce((total, { repeated }) => total + repeated.length, 0);
