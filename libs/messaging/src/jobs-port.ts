import type { ClientBase } from 'pg';
import type { z } from 'zod';

/** Live work goes before re-runs of the past; neither starves. */
export type JobPriority = 'live' | 'revision';

export interface NewJob {
  /** Name of the job definition that runs it. */
  readonly name: string;
  readonly workspaceId: string;
  readonly correlationId: string;
  /** Equal keys are one job while it waits or runs. */
  readonly key: string;
  readonly priority: JobPriority;
  /** JSON; ids and facts only. */
  readonly payload: unknown;
  /** Waits at least until then; absent: as soon as it is its turn. */
  readonly notBefore?: Date;
}

export interface JobQueue {
  /** Joins the given transaction, so that the job exists exactly when the rest of it does. */
  enqueue(job: NewJob, transaction?: ClientBase): Promise<void>;
  /** All of them or none, by one statement: as if they were enqueued one after the other. */
  enqueueAll(jobs: readonly NewJob[], transaction?: ClientBase): Promise<void>;
  /**
   * Removes the workspace's jobs whose payload has all of these members, whatever their definition, and gives back how
   * many. Those that run go on to their end.
   */
  cancel(workspaceId: string, payload: Readonly<Record<string, string>>): Promise<number>;
}

export interface JobContext {
  readonly workspaceId: string;
  readonly correlationId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted on shutdown and when the time limit is over; the job is handed back. */
  readonly signal: AbortSignal;
}

/** Long work, done outside the log: runs with a lease, is retried with backoff, appends its result to the store. */
export interface JobDefinition<Payload = unknown> {
  /** `<service>.<verb>-<noun>`, for instance `ingestion.structure-transcript`. */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly attempts: number;
  readonly timeLimitMs: number;
  /** May take minutes or hours, for instance for somebody else's server: there is always a place that it does not take. */
  readonly isLong?: boolean;
  /** Must be harmless to repeat: derived event ids and exact revisions see to that. */
  run(payload: Payload, context: JobContext): Promise<void>;
  /** Called once when the last attempt failed or the error cannot pass: append what happened. */
  failed?(payload: Payload, error: unknown, context: JobContext): Promise<void>;
}
