import type { EventStore } from '@harmony/event-store';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JOB_QUEUE, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { decideScores } from '../domain/decide-run.js';
import { resultsProjection } from '../projections/results.projection.js';
import type { Insights } from '../domain/insights.js';
import type { Run } from '../domain/run.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects } from '../streams/projects.js';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { systemCause } from '../streams/system-cause.js';
import { evaluateProject } from './evaluate-project.js';
import { evaluateScoresJob, evaluateScoresPayload, type EvaluateScoresPayload } from './evaluate-scores.js';

const pageSize = 200;

/** Whoever ended a run by the rules as they were before has appended that by then, or has read the rules anew. */
const secondLookMs = 60_000;

/** Goals and scorecards follow their rules at once, over everything that was found before; no model is asked. */
@JobRunner()
@Injectable()
export class EvaluateScoresJob implements JobDefinition<EvaluateScoresPayload> {
  readonly name = evaluateScoresJob.name;
  readonly payload = evaluateScoresPayload;
  readonly attempts = 12;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly insights: InsightsStreams,
    private readonly projects: Projects,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Harmless to repeat: what is evaluated alike is not appended again. */
  async run(payload: EvaluateScoresPayload, context: JobContext): Promise<void> {
    const { projectId, isSecondLook } = payload;
    const { workspaceId, signal } = context;
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const cause = systemCause(payload.cause, context, this.clock);
    let isAllComplete = true;
    for await (const conversationId of this.conversationsOf(workspaceId, projectId)) {
      signal.throwIfAborted();
      await unlessDeleted(async () => {
        isAllComplete = (await this.evaluate(conversationId, projectId, cause)) && isAllComplete;
      });
    }
    if (!isAllComplete && !isSecondLook) await this.lookAgain(payload, context);
  }

  /** A run that ends right now may have been evaluated before the rules changed. */
  private async lookAgain(payload: EvaluateScoresPayload, { workspaceId, correlationId }: JobContext): Promise<void> {
    const notBefore = new Date(this.clock.now().getTime() + secondLookMs);
    const again = { key: `${payload.cause}/again`, notBefore, payload: { ...payload, isSecondLook: true } };
    await this.jobs.enqueue({ ...evaluateScoresJob, workspaceId, correlationId, ...again });
  }

  /** Whether all runs of the conversation that concern the project were complete. */
  private async evaluate(conversationId: string, projectId: string, cause: Cause): Promise<boolean> {
    const { state: project, revision } = await this.projects.load(projectId);
    if (!project || project.isDeleted) return true;
    const { state } = await this.insights.load(conversationId);
    await this.insights.append(conversationId, {
      ...{ cause, name: `scores/${projectId}/${revision}` },
      decide: (current) =>
        runsOf(current, projectId)
          .filter(({ isCompleted }) => isCompleted)
          .flatMap((run) =>
            decideScores(current, { runId: run.id, projectId }, evaluateProject(project, revision, run)),
          ),
    });
    return runsOf(state, projectId).every(({ isCompleted }) => isCompleted);
  }

  private async *conversationsOf(workspaceId: string, projectId: string): AsyncIterable<string> {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await this.pool.query<{ conversation_id: string }>(
        `select distinct conversation_id from insights.results
          where workspace_id = $1 and project_id = $2 and conversation_id > $3 order by conversation_id limit $4`,
        [workspaceId, projectId, last, pageSize],
      );
      for (const { conversation_id: id } of rows) yield id;
      const end = rows.at(-1);
      if (!end) return;
      last = end.conversation_id;
    }
  }
}

const runsOf = (insights: Insights | undefined, projectId: string): Run[] =>
  [...(insights?.runs.values() ?? [])].filter(({ cells }) =>
    [...cells.values()].some((cell) => cell.projectId === projectId),
  );
