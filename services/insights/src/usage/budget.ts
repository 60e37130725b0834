import type { EventDataOf, InsightBudget } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { usageProjection } from '../projections/usage.projection.js';
import { Settings } from '../streams/projects.js';
import { exhausted, windowStart, type HourlySpending } from './exhausted.js';

export type Exhausted = EventDataOf<'InsightsPaused'>;

/** Compares what a workspace spent in the last 24 hours with what it may spend. */
@Injectable()
export class Budget {
  /** The latest spending that this process appended, by workspace: a budget is never judged by less than that. */
  private readonly spentUpTo = new Map<string, LogPosition>();

  constructor(
    private readonly settings: Settings,
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Something was spent, and is recorded at this position. */
  spent(workspaceId: string, position: LogPosition | undefined): void {
    if (position) this.spentUpTo.set(workspaceId, position);
  }

  /** Undefined while there is something left of it, and where there is no limit. */
  async exhausted(workspaceId: string): Promise<Exhausted | undefined> {
    const { state } = await this.settings.load(workspaceId);
    if (!state || !isLimited(state.budget)) return undefined;
    const position = this.spentUpTo.get(workspaceId);
    if (position) await this.progress.waitFor(usageProjection.name, position);
    const now = this.clock.now();
    return exhausted(state.budget, await this.hourly(workspaceId, now), now);
  }

  /** The first hours first. */
  async hourly(workspaceId: string, now: Date): Promise<HourlySpending[]> {
    const { rows } = await this.pool.query<HourlySpending>(
      `select hour, sum(calls)::float8 as calls, sum(input_tokens + output_tokens)::float8 as tokens,
          sum(cost_micros)::float8 as "costMicros"
        from insights.usage where workspace_id = $1 and hour >= $2 group by hour order by hour`,
      [workspaceId, windowStart(now)],
    );
    return rows;
  }
}

const isLimited = ({ calls, tokens, costMicros }: InsightBudget): boolean =>
  calls !== null || tokens !== null || costMicros !== null;
