import type { ClientBase, Pool } from 'pg';
import { queryError } from '../database/database.js';
import type { JobPriority, JobQueue, NewJob } from '../jobs-port.js';
import { taskOf, type JobEnvelope } from './envelope.js';
import { jobChannel } from './job-notices.js';

/** Of graphile-worker's priorities, lower first, these are for each class; a job's place in it is its turn. */
const turns: Readonly<Record<JobPriority, { readonly first: number; readonly last: number }>> = {
  live: { first: -30_000, last: -1 },
  revision: { first: 1, last: 30_000 },
};

/** The runner counts attempts itself and by class of error; graphile-worker must not give up before it does. */
const unlimitedAttempts = 30_000;

/**
 * Start-time fair queueing (Goyal, Vin and Cheng, 1996) over workspaces: a job's turn is one after its workspace's last
 * waiting one, and never before what is served now. So a workspace that floods the queue waits behind itself. Without
 * locks: two jobs that are enqueued at the same moment may share a turn. What is not due yet holds up nobody.
 */
const enqueue = `
  with wanted as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::timestamptz[])
      with ordinality as wanted(task, body, workspace, key, first, last, due, place)),
  lines as materialized (
    select workspace, first, last, greatest(first,
        (select max(priority) + 1 from graphile_worker._private_jobs
          where is_available and payload ->> 'workspaceId' = workspace and priority between first and last
            and (run_at <= now() or attempts > 0)),
        (select priority from graphile_worker._private_jobs
          where is_available and run_at <= now() and priority between first and last
          order by priority, run_at limit 1)) as turn
      from (select distinct workspace, first, last from wanted) as own),
  placed as materialized (
    select wanted.*, turn + row_number() over (partition by workspace, first order by place) - 1 as turn
      from wanted join lines using (workspace, first, last) order by place)
  select pg_notify('${jobChannel}', concat_ws(' ', task, ceil(extract(epoch from greatest(due - clock_timestamp(), '0')) * 1000), placed.key))
    from placed
   cross join lateral graphile_worker.add_job(
    identifier => task,
    payload => body::json,
    job_key => placed.key,
    job_key_mode => 'unsafe_dedupe',
    max_attempts => $8,
    run_at => due,
    priority => least(last, turn)::int)`;

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
