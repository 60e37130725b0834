import { fact, type Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { CLOCK, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { systemCause } from '../streams/system-cause.js';
import { Budget } from './budget.js';
import { PauseInsights } from './pause-insights.js';
import { resumeJob, resumePayload, type ResumePayload } from './resume.js';
import { WaitingJobs } from './waiting-jobs.js';

/** Lets work go on that waited for the budget, or looks again a little later. */
@JobRunner()
@Injectable()
export class ResumeInsightsJob implements JobDefinition<ResumePayload> {
  readonly name = resumeJob.name;
  readonly payload = resumePayload;
  /** Over days: work that waits has nobody else who remembers it. */
  readonly attempts = 40;
  readonly timeLimitMs = 60_000;

  constructor(
    private readonly budget: Budget,
    private readonly pauseInsights: PauseInsights,
    private readonly waitingJobs: WaitingJobs,
    private readonly settings: AnalysisStreams,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(payload: ResumePayload, context: JobContext): Promise<void> {
    const { workspaceId } = context;
    const cause = systemCause(payload.cause, context, this.clock);
    const exhausted = await this.budget.exhausted(workspaceId);
    if (exhausted) return this.pauseInsights.pause(exhausted, cause);
    const { revision } = await this.settings.load(workspaceId);
    await this.settings.change(workspaceId, cause, { decision: `resumed-behind-${revision}` }, (current) =>
      current?.paused ? [fact('InsightsResumed', {})] : [],
    );
    await this.waitingJobs.release(workspaceId);
  }
}
