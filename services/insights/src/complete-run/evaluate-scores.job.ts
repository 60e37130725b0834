import type { EventStore } from '@harmony/event-store';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, JobRunner, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { decideScores } from '../domain/decide-run.js';
import { resultsProjection } from '../projections/results.projection.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects } from '../streams/projects.js';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { evaluateProject } from './evaluate-project.js';
import { evaluateScoresJob, evaluateScoresPayload, type EvaluateScoresPayload } from './evaluate-scores.js';

const pageSize = 200;
/** By so much clocks of processes may differ. */
const toleratedSkewMs = 60_000;

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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Harmless to repeat: what is evaluated alike is not appended again. */
  async run({ projectId, cause: causationId }: EvaluateScoresPayload, context: JobContext): Promise<void> {
    const { workspaceId, correlationId, signal } = context;
    const startedAt = this.clock.now().getTime();
    const occurredAt = this.clock.now().toISOString();
    const actor = { kind: 'SYSTEM', id: 'insights' } as const;
    const cause: Cause = { causationId, correlationId, workspaceId, actor, occurredAt };
    // The second round finds runs that were completed meanwhile, by the rules as they had just read them.
    for (const completedSince of [new Date(0), new Date(startedAt - toleratedSkewMs)]) {
      await this.progress.waitFor(resultsProjection.name, await this.store.head());
      for await (const conversationId of this.conversationsOf(projectId, completedSince)) {
        signal.throwIfAborted();
        await unlessDeleted(() => this.evaluate(conversationId, projectId, cause));
      }
    }
  }

  private async evaluate(conversationId: string, projectId: string, cause: Cause): Promise<void> {
    const { state: project, revision } = await this.projects.load(projectId);
    if (!project || project.isDeleted) return;
    await this.insights.load(conversationId);
    await this.insights.append(conversationId, {
      ...{ cause, name: `scores/${projectId}/${revision}` },
      decide: (current) =>
        [...(current?.runs.values() ?? [])]
          .filter(
            ({ isCompleted, cells }) => isCompleted && [...cells.values()].some((cell) => cell.projectId === projectId),
          )
          .flatMap((run) =>
            decideScores(current, { runId: run.id, projectId }, evaluateProject(project, revision, run)),
          ),
    });
  }

  private async *conversationsOf(projectId: string, completedSince: Date): AsyncIterable<string> {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await this.pool.query<{ conversation_id: string }>(
        `select distinct conversation_id from insights.results join insights.runs using (conversation_id, run_id)
          where project_id = $1 and conversation_id > $2 and completed_at >= $3 order by conversation_id limit $4`,
        [projectId, last, completedSince, pageSize],
      );
      for (const { conversation_id: id } of rows) yield id;
      const end = rows.at(-1);
      if (!end) return;
      last = end.conversation_id;
    }
  }
}
