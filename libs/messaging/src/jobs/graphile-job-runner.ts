import { HarmonyError } from '@harmony/contracts';
import type { Job, Task, TaskList } from 'graphile-worker';
import type { Pool } from 'pg';
import { pause } from '../runtime/pause.js';
import type { JobDefinition, JobPriority } from '../jobs-port.js';
import { taskOf } from './envelope.js';
import { Execution, HandedBack, type ExecutionOptions } from './execution.js';
import { FailedJobs } from './failed-jobs.js';
import { GraphilePool } from './graphile-pool.js';
import { Lease } from './lease.js';
import type { JobObserver } from './observer.js';

export interface JobRunnerOptions {
  /** Under the worker role; `prepareJobs` ran. It needs room for every job that runs and a connection more. */
  readonly pool: Pool;
  readonly definitions: readonly JobDefinition[];
  /** Jobs of any kind and priority that run at one time, live ones first. */
  readonly concurrency?: number;
  /** Jobs beside those that only live work may take, so that it need not wait until a re-run ends. */
  readonly liveConcurrency?: number;
  /** Jobs beside those that only re-runs may take, so that live work cannot starve them. */
  readonly revisionConcurrency?: number;
  /** Jobs beside those that only short ones may take, where there are long ones, so that those cannot starve them. */
  readonly shortConcurrency?: number;
  readonly observer?: JobObserver;
  /** How long a stop lets running jobs finish before their signal is aborted. */
  readonly drainMs?: number;
  /** How long an aborted job may take to end before it is left behind. */
  readonly graceMs?: number;
  /** How often jobs are looked for beside the notification; retries become due at this pace. */
  readonly pollMs?: number;
  readonly beatMs?: number;
  readonly deadAfterMs?: number;
}

const defaults = {
  concurrency: 4,
  liveConcurrency: 1,
  revisionConcurrency: 1,
  shortConcurrency: 1,
  observer: {},
  drainMs: 5_000,
  graceMs: 2_000,
  pollMs: 1_000,
  beatMs: 2_000,
  deadAfterMs: 15_000,
};

/** Runs the jobs of one process: long work with a lease, tried again with backoff, handed back on shutdown. */
export class GraphileJobRunner {
  readonly #options: typeof defaults & JobRunnerOptions;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #lease: Lease;
  readonly #handedBack = new Map<string, number>();
  #running: Promise<unknown> | undefined;

  constructor(options: JobRunnerOptions) {
    this.#options = { ...defaults, ...options };
    const { pool, beatMs, deadAfterMs } = this.#options;
    const observer: JobObserver = this.#options.observer;
    this.#lease = new Lease({
      pool,
      beatMs,
      deadAfterMs,
      reaped: (workers) => observer.reaped?.(workers),
      trouble: (error) => observer.trouble?.('lease', error),
    });
  }

  /**
   * Begins to run jobs; an outage of the database is survived.
   * @throws HarmonyError INTERNAL where two definitions share a name.
   */
  start(): void {
    const { definitions, concurrency, liveConcurrency, revisionConcurrency, shortConcurrency } = this.#options;
    const { pool, pollMs } = this.#options;
    const observer: JobObserver = this.#options.observer;
    const trouble = (what: string, error: unknown): void => observer.trouble?.(what, error);
    const common = { pool, pollMs, lease: this.#lease, trouble };
    const revision = this.#tasks(definitions, ['revision']);
    const live = this.#tasks(definitions, ['live']);
    const shortOnes = definitions.filter(({ isLong }) => !isLong);
    const isMixed = shortOnes.length > 0 && shortOnes.length < definitions.length;
    const pools = [
      new GraphilePool({ ...common, tasks: { ...live, ...revision }, concurrency }),
      new GraphilePool({ ...common, tasks: live, concurrency: liveConcurrency }),
      new GraphilePool({ ...common, tasks: revision, concurrency: revisionConcurrency }),
    ];
    if (isMixed) {
      const short = this.#tasks(shortOnes, ['live', 'revision']);
      pools.push(new GraphilePool({ ...common, tasks: short, concurrency: shortConcurrency }));
    }
    const signal = this.#stopping.signal;
    this.#running = Promise.all([this.#lease.keep(signal), ...pools.map((each) => each.run(signal))]);
  }

  /** Takes no more jobs, lets those under way finish for the drain time, hands the rest back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const ended = new AbortController();
    const running = Promise.resolve(this.#running).finally(() => ended.abort());
    await pause(this.#options.drainMs, ended.signal);
    this.#aborting.abort();
    await running;
    await this.#lease.release();
    await this.#requeue();
  }

  #tasks(definitions: readonly JobDefinition[], priorities: readonly JobPriority[]): TaskList {
    const tasks: Record<string, Task> = {};
    for (const definition of definitions) {
      for (const priority of priorities) {
        const task = taskOf(definition.name, priority);
        if (tasks[task]) throw new HarmonyError('INTERNAL', { detail: `Two jobs are called ${definition.name}.` });
        tasks[task] = this.#task(definition);
      }
    }
    return tasks;
  }

  #task(definition: JobDefinition): Task {
    const options: ExecutionOptions = {
      failedJobs: new FailedJobs(this.#options.pool),
      observer: this.#options.observer,
      stopping: this.#aborting.signal,
      graceMs: this.#options.graceMs,
    };
    const execution = new Execution(definition, options);
    return async (payload, { job }) => {
      try {
        await execution.attempt({ id: job.id, name: definition.name, key: job.key, payload, attempts: job.attempts });
      } catch (error) {
        if (error instanceof HandedBack) this.#handBack(definition.name, job);
        throw error;
      }
    };
  }

  #handBack(name: string, job: Job): void {
    const observer: JobObserver = this.#options.observer;
    this.#handedBack.set(job.id, job.attempts - 1);
    observer.handedBack?.(name);
  }

  /** An attempt that a shutdown cut short does not count, and the next one is due at once. */
  async #requeue(): Promise<void> {
    const sql = 'select graphile_worker.reschedule_jobs(array[$1]::bigint[], run_at => now(), attempts => $2)';
    for (const [id, attempts] of this.#handedBack) await this.#options.pool.query(sql, [id, attempts]);
  }
}
