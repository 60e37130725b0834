import { errorKind, HarmonyError } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import { CLOCK, JOB_QUEUE, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { newAnswerJob } from '../../answer-definition/answer-definition.js';
import { AnswerRuns } from '../../answer-definition/answer-runs.js';
import { pendingCells } from '../../answer-definition/pending-cells.js';
import { decideRunFailure } from '../../domain/decide-run.js';
import type { Run } from '../../domain/run.js';
import { Replies } from '../../journal/replies.js';
import { InsightsStreams, type Decision } from '../../streams/insights-streams.js';
import { isGone, unlessDeleted } from '../../streams/unless-deleted.js';
import { systemCause } from '../../streams/system-cause.js';
import { newRepeatJob } from './repeat-cell.js';
import { RevisionPlans } from './revisions.js';
import { runRevisionJob, runRevisionPayload, type RunRevisionPayload } from './run-revision.js';
import { StartRevisionRun } from './start-revision-run.js';

/** A run that is in the log, or will be with the first of its answers. */
export interface BegunRun {
  readonly run: Run;
  readonly starts: readonly Decision[];
}

/**
 * Runs one conversation of a revision. What can be carried over is settled as the run starts; what is left is answered
 * here where that takes milliseconds, and else gets a job for each cell.
 */
@JobRunner()
@Injectable()
export class RunRevisionJob implements JobDefinition<RunRevisionPayload> {
  readonly name = runRevisionJob;
  readonly payload = runRevisionPayload;
  /** Over some minutes: somebody waits for the end of the revision, and may try again. */
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly startRun: StartRevisionRun,
    private readonly plans: RevisionPlans,
    private readonly insights: InsightsStreams,
    private readonly analyst: AskAnalyst,
    private readonly answerRuns: AnswerRuns,
    private readonly replies: Replies,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whatever of it was done before a crash is found in the log, and not done again. */
  async run(payload: RunRevisionPayload, context: JobContext): Promise<void> {
    const begun = await this.begin(payload, context);
    if (!begun) return;
    await this.unlessDeleted(payload, () => this.answer(begun, payload, context));
    await this.repeat(begun.run, payload, context);
  }

  /** The run with what can be carried over; undefined where there is nothing to be run. */
  async begin(payload: RunRevisionPayload, context: JobContext): Promise<BegunRun | undefined> {
    let begun: BegunRun | undefined;
    await this.unlessDeleted(payload, async () => {
      const { state } = await this.insights.load(payload.conversationId);
      if (state?.failedRuns.has(payload.runId)) return;
      const run = state?.runs.get(payload.runId);
      begun = run ? { run, starts: [] } : await this.start(payload, context);
    });
    return begun;
  }

  /** Has cells asked again for the noise floor; the job of one that cannot be says so. */
  async repeat(run: Run, { revisionId, runId }: RunRevisionPayload, context: JobContext): Promise<void> {
    const planned = (await this.plans.planOf(revisionId, runId)).runs.get(runId);
    const open = (planned?.repeated ?? []).filter((id) => !run.repeated.has(id));
    const jobs = open.map((definitionId) =>
      newRepeatJob(context, { conversationId: planned?.conversationId ?? '', revisionId, runId, definitionId }),
    );
    await this.jobs.enqueueAll(jobs);
  }

  /** A run that started goes on cell by cell; one that did not has failed as a whole. */
  failed(payload: RunRevisionPayload, error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const run = await this.runOf(payload);
      if (!run) return this.fail(payload, error, context);
      await this.answerApart(run, payload, context);
      await this.repeat(run, payload, context);
    });
  }

  private unlessDeleted({ conversationId }: RunRevisionPayload, work: () => Promise<void>): Promise<void> {
    return unlessDeleted(work, () => this.replies.forgetConversation(conversationId));
  }

  private async start(payload: RunRevisionPayload, context: JobContext): Promise<BegunRun | undefined> {
    try {
      const starts = await this.startRun.start(payload, context, this.causeOf(payload, context));
      return starts && (await this.begunWith(starts, payload));
    } catch (error) {
      // What cannot pass by itself needs no other try.
      const isFinal = errorKind(error) === 'rejected' && !isConflict(error) && !isGone(error);
      if (!isFinal || context.signal.aborted) throw error;
      await this.fail(payload, error, context);
      return undefined;
    }
  }

  /** Where somebody is to be waited for, the start is in the log before; else it goes there with its answers. */
  private async begunWith(starts: readonly Decision[], payload: RunRevisionPayload): Promise<BegunRun | undefined> {
    const { conversationId, runId } = payload;
    if (!this.analyst.isMetered) {
      const run = (await this.insights.foreseen(conversationId, starts))?.runs.get(runId);
      return run && { run, starts };
    }
    await Promise.all(starts.map((decision) => this.insights.append(conversationId, decision)));
    const run = this.insights.known(conversationId)?.runs.get(runId) ?? (await this.runOf(payload));
    return run && { run, starts: [] };
  }

  private async answer({ run, starts }: BegunRun, payload: RunRevisionPayload, context: JobContext): Promise<void> {
    if (this.analyst.isMetered) await this.answerApart(run, payload, context);
    else await this.answerRuns.answerOne({ place: payload, starts }, context);
  }

  private answerApart(run: Run, { conversationId }: RunRevisionPayload, context: JobContext): Promise<void> {
    const { workspaceId, correlationId } = context;
    const cells = pendingCells(run, conversationId);
    const { kind } = run;
    return this.jobs.enqueueAll(cells.map((cell) => newAnswerJob({ workspaceId, correlationId, kind, payload: cell })));
  }

  private async fail(payload: RunRevisionPayload, error: unknown, context: JobContext): Promise<void> {
    const { conversationId, runId, revisionId } = payload;
    const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
    const failed = { conversationId, runId, kind: 'REVISION' as const, revisionId, code };
    await this.insights.append(conversationId, {
      ...{ cause: this.causeOf(payload, context), name: 'failed' },
      decide: (current) => decideRunFailure(current, failed),
    });
  }

  private async runOf({ conversationId, runId }: RunRevisionPayload): Promise<Run | undefined> {
    return (await this.insights.load(conversationId)).state?.runs.get(runId);
  }

  private causeOf({ cause }: RunRevisionPayload, context: JobContext): Cause {
    return systemCause(cause, context, this.clock);
  }
}
