import { mapConcurrently } from '@harmony/kernel';
import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import { JOB_QUEUE, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { AnswerRuns } from '../../answer-definition/answer-runs.js';
import { runBatchJob, runBatchPayload, type RunBatchPayload } from './run-batch.js';
import { RunRevisionJob } from './run-revision.job.js';
import { newRunJob, type RunRevisionPayload } from './run-revision.js';

/** Whose transcripts are in memory at the same time. */
const atOnce = 8;

/** Runs conversations of a revision together. One that fails goes on in a job of its own, and fails alone. */
@JobRunner()
@Injectable()
export class RunBatchJob implements JobDefinition<RunBatchPayload> {
  readonly name = runBatchJob;
  readonly payload = runBatchPayload;
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly runRevision: RunRevisionJob,
    private readonly answers: AnswerRuns,
    private readonly analyst: AskAnalyst,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
  ) {}

  /**
   * They begin side by side, which is reading. Where the analyst is built in, those that have begun are answered one after
   * the other before the next ones begin: a thread of it does one thing at a time, would have as many conversations open as there are
   * here, and live work would wait behind all of them. Whatever was done before a crash is found in the log, and not done
   * again.
   */
  async run(payload: RunBatchPayload, context: JobContext): Promise<void> {
    const runs = runsOf(payload);
    const failed = this.analyst.isMetered ? await this.runAll(runs, context) : await this.answerAll(runs, context);
    // At last, so that a batch that is run again meets no job of its own making.
    await this.apart(failed, context);
  }

  /** Each of them gets a job of its own. */
  failed(payload: RunBatchPayload, _error: unknown, context: JobContext): Promise<void> {
    return this.apart(runsOf(payload), context);
  }

  /** @returns those that failed */
  private async runAll(runs: readonly RunRevisionPayload[], context: JobContext): Promise<RunRevisionPayload[]> {
    const tried = await mapConcurrently(runs, atOnce, (one) =>
      settled(context, () => this.runRevision.run(one, context)),
    );
    return runs.filter((_, index) => tried[index] === 'FAILED');
  }

  /** @returns those that failed */
  private async answerAll(runs: readonly RunRevisionPayload[], context: JobContext): Promise<RunRevisionPayload[]> {
    const failed: RunRevisionPayload[] = [];
    for (let first = 0; first < runs.length; first += atOnce) {
      failed.push(...(await this.answerSome(runs.slice(first, first + atOnce), context)));
    }
    return failed;
  }

  private async answerSome(runs: readonly RunRevisionPayload[], context: JobContext): Promise<RunRevisionPayload[]> {
    const tried = await Promise.all(runs.map((one) => settled(context, () => this.runRevision.begin(one, context))));
    const begun = runs.flatMap((payload, index) => {
      const one = tried[index];
      return one && one !== 'FAILED' ? [{ place: payload, ...one }] : [];
    });
    const unanswered = await this.answers.answer(begun, context);
    const failed = runs.filter((_, index) => tried[index] === 'FAILED');
    for (const one of begun) {
      const isDone = !unanswered.has(one);
      const repeated = isDone && (await settled(context, () => this.runRevision.repeat(one.run, one.place, context)));
      if (!isDone || repeated === 'FAILED') failed.push(one.place);
    }
    return failed;
  }

  private apart(runs: readonly RunRevisionPayload[], context: JobContext): Promise<void> {
    return this.jobs.enqueueAll(runs.map((run) => newRunJob(context, run)));
  }
}

/** What failed is tried again by itself, unless the whole job was cut short. */
async function settled<Result>({ signal }: JobContext, work: () => Promise<Result>): Promise<Result | 'FAILED'> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw error;
    return 'FAILED';
  }
}

const runsOf = ({ revisionId, cause, runs }: RunBatchPayload): RunRevisionPayload[] =>
  runs.map((run) => ({ ...run, revisionId, cause, rerun: null }));
