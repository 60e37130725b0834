import { fact, type Cause, type Clock } from '@harmony/kernel';
import type { JobQueue } from '@harmony/messaging';
import { CLOCK, JOB_QUEUE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { Budget, type Exhausted } from './budget.js';
import { resumeJob, type ResumePayload } from './resume.js';
import { WaitingJobs, type WaitingJob } from './waiting-jobs.js';

const minuteMs = 60_000;

/** Makes work wait while the budget of its workspace is spent, for everybody to see. */
@Injectable()
export class PauseInsights {
  constructor(
    private readonly budget: Budget,
    private readonly analyst: AskAnalyst,
    private readonly waitingJobs: WaitingJobs,
    private readonly settings: AnalysisStreams,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * True when there is nothing left to spend: the job waits, and must end without asking.
   * @param isCancelled as of now: who cancels wakes what waits, which this job may not have done by then
   */
  async whileExhausted(job: WaitingJob, cause: Cause, isCancelled?: () => Promise<boolean>): Promise<boolean> {
    if (!this.analyst.isMetered) return false;
    const exhausted = await this.budget.exhausted(job.workspaceId);
    if (!exhausted) return false;
    await this.waitingJobs.add(job);
    await this.pause(exhausted, cause);
    if (await isCancelled?.()) await this.waitingJobs.release(job.workspaceId);
    return true;
  }

  /** The workspace is paused, and there is one job that looks again within a minute or so. */
  async pause(exhausted: Exhausted, cause: Cause): Promise<void> {
    const { workspaceId, correlationId } = cause;
    const { revision } = await this.settings.load(workspaceId);
    await this.settings.change(workspaceId, cause, { decision: `paused-behind-${revision}` }, (current) =>
      current?.paused?.resumesAt === exhausted.resumesAt && current.paused.limit === exhausted.limit
        ? []
        : [fact('InsightsPaused', exhausted)],
    );
    const notBefore = this.nextLook(new Date(exhausted.resumesAt));
    const payload: ResumePayload = { cause: cause.causationId };
    // Everybody who pauses within the same minute asks for the same job, and never for one that runs already.
    const key = `${workspaceId}/${notBefore.toISOString()}`;
    await this.jobs.enqueue({ ...resumeJob, workspaceId, correlationId, key, payload, notBefore });
  }

  /** On a full minute, and always after one that runs now: clocks differ a little. */
  private nextLook(resumesAt: Date): Date {
    const now = this.clock.now().getTime();
    const wished = Math.min(now + minuteMs, Math.max(now + minuteMs / 4, resumesAt.getTime()));
    return new Date(Math.ceil(wished / minuteMs) * minuteMs);
  }
}
