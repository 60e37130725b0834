import { EventEmitter } from 'node:events';
import { Logger, runTaskList, WorkerPreset, type TaskList, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type { Pool } from 'pg';
import { backoffMs } from '@harmony/kernel';
import { pause } from '../runtime/pause.js';
import { DoubtfulClaims } from './doubtful-claims.js';
import { guardedPool } from './guarded-pool.js';
import { tellOfJobs } from './job-notices.js';
import type { Lease } from './lease.js';
import { Nudges } from './nudges.js';

export interface GraphilePoolOptions {
  readonly pool: Pool;
  readonly tasks: TaskList;
  readonly concurrency: number;
  readonly pollMs: number;
  readonly lease: Lease;
  readonly trouble: (what: string, error: unknown) => void;
}

interface Parts {
  readonly events: WorkerEvents;
  readonly nudges: Nudges;
  readonly doubtful: DoubtfulClaims;
}

/**
 * Every worker of graphile-worker polls for itself, so many turns of ours apart; it is enough when one does, and sends
 * others where it finds something.
 */
const ownPolls = 5;

/** graphile-worker's workers, kept alive: one that could not write its result ends, and is not replaced by its pool. */
export class GraphilePool {
  constructor(private readonly options: GraphilePoolOptions) {}

  /** Runs jobs until the signal is aborted and those under way have ended. */
  async run(stopping: AbortSignal): Promise<void> {
    for (let failures = 1; !stopping.aborted; failures = Math.min(failures + 1, 10)) {
      const broken = new AbortController();
      const events = new EventEmitter() as WorkerEvents;
      events.on('worker:fatalError', ({ error }) => {
        this.options.trouble('worker', error);
        broken.abort();
      });
      const doubtful = new DoubtfulClaims(this.options.pool, this.options.pollMs);
      events.on('worker:getJob:error', ({ worker }) => doubtful.add(worker.workerId));
      const nudges = new Nudges();
      events.on('job:start', nudges.found);
      events.on('worker:getJob:empty', nudges.nothingFound);
      const workers = this.#start({ events, nudges, doubtful }, stopping);
      const polling = setInterval(nudges.search, this.options.pollMs);
      await this.#tell(nudges, AbortSignal.any([stopping, broken.signal]));
      clearInterval(polling);
      await workers.gracefulShutdown();
      await pause(backoffMs(failures, { firstMs: 100, maximumMs: 5_000 }), stopping);
    }
  }

  /** Passes notices on until the signal is aborted. */
  #tell(nudges: Nudges, until: AbortSignal): Promise<void> {
    const { pool, tasks } = this.options;
    const { next: enqueued, search: missed, tell: other } = nudges;
    return tellOfJobs(pool, { tasks: new Set(Object.keys(tasks)), enqueued, missed, other }, until);
  }

  #start({ events, nudges, doubtful }: Parts, stopping: AbortSignal): WorkerPool {
    const { pool, tasks, concurrency, pollMs, lease, trouble } = this.options;
    const leasing: GraphileConfig.Plugin = {
      name: 'HarmonyLease',
      version: '1.0.0',
      worker: {
        hooks: {
          startWorker: (_, { worker }) => this.#enter(worker.workerId, stopping),
          stopWorker: (_, { worker }) => lease.leave(worker.workerId),
        },
      },
    };
    const logger = new Logger(() => (level, message) => {
      if (String(level) === 'error') trouble('graphile-worker', new Error(message));
    });
    const preset: GraphileConfig.Preset = { extends: [WorkerPreset], plugins: [leasing] };
    const pollInterval = pollMs * ownPolls;
    const common = { concurrency, pollInterval, noHandleSignals: true, events, preset, logger };
    // It is asked for flags before each look for a job, and waits for the answer: none.
    const options = { ...common, forbiddenFlags: doubtful.settled };
    return runTaskList(options, tasks, guardedPool(pool, nudges));
  }

  /** Awaited before a worker's first job: a lease that is not on record could not be reaped after a crash. */
  async #enter(workerId: string, stopping: AbortSignal): Promise<void> {
    for (let attempt = 1; !stopping.aborted; attempt = Math.min(attempt + 1, 10)) {
      try {
        return await this.options.lease.enter(workerId);
      } catch (error) {
        this.options.trouble('lease', error);
        await pause(backoffMs(attempt, { firstMs: 50, maximumMs: 2_000 }), stopping);
      }
    }
  }
}
