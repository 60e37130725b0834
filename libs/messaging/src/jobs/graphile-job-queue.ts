import type { ClientBase, Pool } from 'pg';
import { queryError } from '../database/database.js';
import type { JobPriority, JobQueue, NewJob } from '../jobs-port.js';
import { taskOf, type JobEnvelope } from './envelope.js';
import { enqueueFunction } from './enqueue-function.js';

/** Of graphile-worker's priorities, lower first, these are for each class; a job's place in it is its turn. */
const turns: Readonly<Record<JobPriority, { readonly first: number; readonly last: number }>> = {
  live: { first: -30_000, last: -1 },
  revision: { first: 1, last: 30_000 },
};

/** The runner counts attempts itself and by class of error; graphile-worker must not give up before it does. */
const unlimitedAttempts = 30_000;

const enqueue = `select ${enqueueFunction}($1, $2, $3, $4, $5, $6, $7, $8)`;

/** The public function of graphile-worker looks once more that none of them has begun meanwhile. */
const cancel = `
  select count(*)::int as count from graphile_worker.complete_jobs(array(
    select id from graphile_worker._private_jobs
     where locked_at is null and payload ->> 'workspaceId' = $1 and (payload -> 'payload')::jsonb @> $2::jsonb))`;

/** Jobs in Postgres, in the schema that {@link prepareJobs} makes. */
export class GraphileJobQueue implements JobQueue {
  constructor(private readonly pool: Pool) {}

  enqueue(job: NewJob, transaction?: ClientBase): Promise<void> {
    return this.enqueueAll([job], transaction);
  }

  async enqueueAll(jobs: readonly NewJob[], transaction?: ClientBase): Promise<void> {
    if (jobs.length === 0) return;
    const columns = [
      jobs.map(({ name, priority }) => taskOf(name, priority)),
      jobs.map((job) => JSON.stringify(envelopeOf(job))),
      jobs.map(({ workspaceId }) => workspaceId),
      jobs.map(({ name, key }) => `${name}:${key}`),
      jobs.map(({ priority }) => turns[priority].first),
      jobs.map(({ priority }) => turns[priority].last),
      jobs.map(({ notBefore }) => notBefore ?? null),
    ];
    try {
      const values = [...columns, unlimitedAttempts];
      await (transaction ?? this.pool).query({ name: 'messaging-enqueue', text: enqueue, values });
    } catch (error) {
      throw queryError(error);
    }
  }

  async cancel(workspaceId: string, payload: Readonly<Record<string, string>>): Promise<number> {
    try {
      const { rows } = await this.pool.query<{ count: number }>(cancel, [workspaceId, JSON.stringify(payload)]);
      return rows[0]?.count ?? 0;
    } catch (error) {
      throw queryError(error);
    }
  }
}

const envelopeOf = ({ workspaceId, correlationId, payload }: NewJob): JobEnvelope => ({
  ...{ workspaceId, correlationId, payload },
});
