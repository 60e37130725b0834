import { errorKind, HarmonyError } from '@harmony/contracts';
import type { JobContext, JobDefinition } from '../jobs-port.js';
import { pause, untilAborted } from '../runtime/pause.js';
import { readEnvelope, readPayload } from './envelope.js';
import type { FailedJob, FailedJobs } from './failed-jobs.js';
import type { JobObserver } from './observer.js';

/** The runner stops: the job goes back into the queue, and the attempt does not count. */
export class HandedBack extends Error {}

export interface ExecutionOptions {
  readonly failedJobs: FailedJobs;
  readonly observer: JobObserver;
  readonly stopping: AbortSignal;
  /** How long a job may take to heed its signal before it is left behind. */
  readonly graceMs: number;
}

/** A process that dies counts as an attempt, but it may not be the job's fault: so many more are allowed then. */
const attemptsForCrashes = 5;

interface Readable<Payload> {
  readonly payload: Payload;
  readonly context: Omit<JobContext, 'signal'>;
}

/** Runs one attempt of a job. Resolves when the job is over, done or failed; rejects when it must be tried again. */
export class Execution<Payload> {
  constructor(
    private readonly definition: JobDefinition<Payload>,
    private readonly options: ExecutionOptions,
  ) {}

  async attempt(job: FailedJob): Promise<void> {
    const { failedJobs, stopping } = this.options;
    if (stopping.aborted) throw new HandedBack('The runner stopped before the job began.');
    const failure = job.attempts > 1 ? await failedJobs.unannounced(job.id) : undefined;
    if (failure) return this.#announce(job, failure);
    try {
      await this.#run(job);
    } catch (error) {
      if (error instanceof HandedBack) throw error;
      await this.#concludeFailure(job, error);
    }
  }

  async #run(job: FailedJob): Promise<void> {
    const { observer } = this.options;
    if (job.attempts > this.definition.attempts + attemptsForCrashes) {
      throw new HarmonyError('JOB_ABANDONED', { detail: `The process died ${job.attempts - 1} times over this job.` });
    }
    const startedAt = performance.now();
    const { payload, context } = this.#read(job);
    await this.#withinLimit((signal) => this.definition.run(payload, { ...context, signal }));
    observer.succeeded?.(this.definition.name, performance.now() - startedAt);
  }

  #read(job: FailedJob): Readable<Payload> {
    const { workspaceId, correlationId, payload } = readEnvelope(job.payload);
    const lastAttempt = job.attempts >= this.definition.attempts;
    const context = { workspaceId, correlationId, attempt: job.attempts, lastAttempt };
    return { payload: readPayload(this.definition.payload, payload), context };
  }

  /** Ends with the work, or a little after the time limit or the shutdown if the work does not heed its signal. */
  async #withinLimit(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { stopping, graceMs } = this.options;
    const { timeLimitMs, name } = this.definition;
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), timeLimitMs);
    const settled = new AbortController();
    const signal = AbortSignal.any([stopping, over.signal]);
    const leave = async (): Promise<void> => {
      await untilAborted(AbortSignal.any([signal, settled.signal]));
      await pause(graceMs, settled.signal);
      if (!settled.signal.aborted) throw new HarmonyError('TIMED_OUT', { detail: `${name} did not heed its signal.` });
    };
    const working = work(signal).finally(() => settled.abort());
    try {
      await Promise.race([working, leave().then(() => working)]);
    } catch (cause) {
      if (stopping.aborted) throw new HandedBack('The runner stopped.', { cause });
      const detail = `${name} took longer than ${timeLimitMs} ms.`;
      throw over.signal.aborted ? new HarmonyError('TIMED_OUT', { detail, cause }) : cause;
    } finally {
      clearTimeout(timer);
    }
  }

  async #concludeFailure(job: FailedJob, error: unknown): Promise<void> {
    const { failedJobs, observer } = this.options;
    if (errorKind(error) !== 'poison' && job.attempts < this.definition.attempts) {
      observer.retried?.(job.name, job.attempts, error);
      throw error;
    }
    await failedJobs.record(job, error);
    await this.#announce(job, error);
  }

  async #announce(job: FailedJob, error: unknown): Promise<void> {
    const { failedJobs, observer, stopping } = this.options;
    const read = this.#readable(job);
    if (read)
      await this.definition.failed?.(read.payload, error, { ...read.context, lastAttempt: true, signal: stopping });
    await failedJobs.announced(job.id);
    observer.failed?.(job.name, job.attempts, error);
  }

  /** A payload that cannot be read fails its job, but there is nothing to tell the definition with. */
  #readable(job: FailedJob): Readable<Payload> | undefined {
    try {
      return this.#read(job);
    } catch {
      return undefined;
    }
  }
}
